package dev.observatory.auth.token;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do. Tokens name roles in lower case. */
public enum Role {
    /** See what there is, and subscribe to it. */
    READ,
    /** Broadcast to others. */
    PUBLISH,
    /** Both, and what concerns the server itself. */
    ADMIN;

    /** Whether whoever has this role may do what asks for the other. */
    public boolean includes(Role other) {
        return this == ADMIN || this == other;
    }

    /** As tokens name it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role that tokens name so. */
    public static Optional<Role> named(String name) {
        return Arrays.stream(values()).filter(role -> role.text().equals(name)).findFirst();
    }
}
