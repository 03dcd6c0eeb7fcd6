package dev.observatory.rest;

import dev.observatory.auth.token.Identity;
import dev.observatory.auth.token.Role;
import jakarta.enterprise.context.RequestScoped;

/**
 * Whose request this is, and what they may do: nothing, as long as nobody is known. Confined to the request's thread; what
 * goes on elsewhere has to ask before.
 */
@RequestScoped
public class Caller {

    /** Null when nobody is known. */
    private Identity identity;

    // Public throughout: a container's proxy may fail to pass on package-private calls.

    /** For {@link RoleFilter} alone, which comes before all who ask. */
    public void is(Identity identity) {
        this.identity = identity;
    }

    /** Null when nobody is known. */
    public Identity identity() {
        return identity;
    }

    /** The name by which the user is known, empty when nobody is. */
    public String name() {
        return identity == null ? "" : identity.name();
    }

    public boolean has(Role role) {
        return identity != null && identity.has(role);
    }

    /** Whether a project, and what belongs to it, may be seen. */
    public boolean maySeeProject(String projectId) {
        return identity != null && identity.maySeeProject(projectId);
    }

    /** Whether nothing has to be left out. */
    public boolean maySeeEveryProject() {
        return identity != null && identity.maySeeEveryProject();
    }
}
