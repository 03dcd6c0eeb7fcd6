package dev.observatory.it;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a test of what goes wrong; any other shows how it goes well. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface FailureCases {

    /** How many ways of going wrong it goes through. */
    int value() default 1;
}
