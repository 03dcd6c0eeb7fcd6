package dev.observatory.rest;

import dev.observatory.audit.AuditLine;
import dev.observatory.auth.token.Identity;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.security.Principal;

/**
 * Finds out whose request it is, for all who want to know, and lets it through to its resource if that one's
 * {@link Needs} are met. Thread-safe.
 *
 * <p>The identity is taken from here and not from the request that CDI has to inject: that is the one from before the
 * filters, which knows nothing of whom they have let in.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class RoleFilter implements ContainerRequestFilter {

    @Context
    ResourceInfo resource;

    @Inject
    Caller caller;

    @Override
    public void filter(ContainerRequestContext request) {
        Identity identity = identity(request.getSecurityContext().getUserPrincipal());
        caller.is(identity);
        Access needed = needed(resource.getResourceMethod(), resource.getResourceClass());
        if (!needed.isGrantedTo(identity)) {
            AuditLine.of("refused")
                    .with("status", Status.FORBIDDEN.getStatusCode())
                    .with("user", identity == null ? null : identity.name())
                    .with("method", request.getMethod())
                    .with("path", request.getUriInfo().getRequestUri().getRawPath())
                    .with("reason", needed.refusal())
                    .log();
            throw new ForbiddenException(needed.refusal());
        }
    }

    /** Null when nobody is known: a principal of the server's own making has no roles that mean something here. */
    static Identity identity(Principal principal) {
        return principal instanceof Identity identity ? identity : null;
    }

    /** The first that says something has the last word; what a server answers of its own may be neither. */
    static Access needed(AnnotatedElement... places) {
        for (AnnotatedElement place : places) {
            Needs needs = place == null ? null : place.getAnnotation(Needs.class);
            if (needs != null) {
                return needs.value();
            }
        }
        return Access.READ;
    }
}
