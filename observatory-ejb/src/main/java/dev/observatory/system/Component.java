package dev.observatory.system;

/** A part of the system that can be asked how it is. Thread-safe; each is a CDI bean. */
public interface Component {

    /** What it is called in health and as the source of alerts: a short word in lower case. */
    String name();

    /** Finds out how it is. No second check begins before this one has ended. */
    Diagnosis check();
}
