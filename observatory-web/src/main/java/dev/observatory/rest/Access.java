package dev.observatory.rest;

import dev.observatory.auth.token.Identity;
import dev.observatory.auth.token.Role;
import java.util.Locale;

/** What a request needs to have before a resource sees it. */
public enum Access {
    /** Nothing: whoever comes is answered, also when nobody knows who that is. */
    OPEN,
    /** Somebody of whom it is known who it is, whatever the roles. */
    AUTHENTICATED,
    /** The role of that name, or one that includes it. */
    READ,
    PUBLISH,
    ADMIN;

    /** @param identity null when nobody is known */
    boolean isGrantedTo(Identity identity) {
        return switch (this) {
            case OPEN -> true;
            case AUTHENTICATED -> identity != null;
            case READ -> isGranted(identity, Role.READ);
            case PUBLISH -> isGranted(identity, Role.PUBLISH);
            case ADMIN -> isGranted(identity, Role.ADMIN);
        };
    }

    private static boolean isGranted(Identity identity, Role role) {
        return identity != null && identity.has(role);
    }

    /** What is told to those who do not have it. */
    String refusal() {
        return this == AUTHENTICATED
                ? "this is for authenticated users"
                : "this needs the role " + name().toLowerCase(Locale.ROOT);
    }
}
