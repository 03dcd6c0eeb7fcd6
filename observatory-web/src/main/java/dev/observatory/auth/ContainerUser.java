package dev.observatory.auth;

import dev.observatory.auth.Decision.Granted;
import dev.observatory.auth.token.Identity;
import dev.observatory.auth.token.NamePatterns;
import dev.observatory.auth.token.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who has logged in to the server itself, in whatever way it was set up for this application. */
final class ContainerUser {

    private ContainerUser() {}

    /** Lets the server's user in with the roles that the server gives him; empty when there is none. */
    static Optional<Decision> of(HttpServletRequest request) {
        return Optional.ofNullable(request.getUserPrincipal()).map(user -> decision(user.getName(), request));
    }

    private static Decision decision(String name, HttpServletRequest request) {
        Set<Role> roles = Arrays.stream(Role.values())
                .filter(role -> request.isUserInRole(role.text()))
                .collect(Collectors.toSet());
        try {
            return new Granted(new Identity(name, roles, NamePatterns.ANY, NamePatterns.ANY, Optional.empty()));
        } catch (IllegalArgumentException e) {
            return HttpRefusal.of(403, "this user of the server cannot be one here: " + e.getMessage());
        }
    }
}
