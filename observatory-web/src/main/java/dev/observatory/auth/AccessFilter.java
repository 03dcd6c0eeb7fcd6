package dev.observatory.auth;

import dev.observatory.audit.AuditLine;
import dev.observatory.auth.Decision.Granted;
import dev.observatory.auth.token.Identity;
import dev.observatory.auth.token.Role;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;

/**
 * Stands in front of everything: finds out who asks, and refuses before anything else has seen the request, so that a
 * WebSocket is refused while it is still HTTP. Whom it lets in, it names as the request's principal, an {@link Identity}.
 *
 * <p>Declared in web.xml, which alone can say that it comes before other filters.
 */
public class AccessFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** Of every answer, refusals too: a transcript's text that got somewhere unescaped would still run nothing. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            // not even to be asked for again with a date: a reproducible build gives every version's files the same one
            "Cache-Control",
            "no-store");

    @Inject
    private transient Authenticator authenticator;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HEADERS.forEach(response::setHeader);
        boolean otherOrigin = authenticator.isListed(request.getHeader("Origin"));
        if (otherOrigin) {
            CrossOrigin.allow(request, response);
        }
        if (otherOrigin && CrossOrigin.isPreflight(request)) {
            CrossOrigin.answerPreflight(response);
            return;
        }
        Decision decision = authenticator.decide(request);
        if (decision instanceof Granted granted) {
            letIn(granted.identity(), request, response, chain);
        } else if (decision instanceof HttpRefusal refusal) {
            refuse(refusal, null, request, response);
        }
    }

    private static void letIn(
            Identity identity, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (HttpRequests.wantsUpgrade(request) && identity != null && !identity.has(Role.READ)) {
            refuse(HttpRefusal.lacks(Role.READ), identity, request, response);
        } else {
            chain.doFilter(new IdentifiedRequest(request, identity), response);
        }
    }

    private static void refuse(
            HttpRefusal refusal, Identity identity, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        audit(refusal, identity, request);
        refusal.answer(response);
    }

    /** Without the query: there may be a ticket in it. */
    private static void audit(HttpRefusal refusal, Identity identity, HttpServletRequest request) {
        AuditLine.of("refused")
                .with("status", refusal.status())
                .with("user", identity == null ? null : identity.name())
                .with("address", request.getRemoteAddr())
                .with("method", request.getMethod())
                .with("path", request.getRequestURI())
                .with("origin", request.getHeader("Origin"))
                .with("reason", refusal.detail())
                .log();
    }

    private static final class IdentifiedRequest extends HttpServletRequestWrapper {

        private final Identity identity;

        IdentifiedRequest(HttpServletRequest request, Identity identity) {
            super(request);
            this.identity = identity;
        }

        @Override
        public Principal getUserPrincipal() {
            return identity;
        }

        @Override
        public String getRemoteUser() {
            return identity == null ? null : identity.name();
        }

        @Override
        public boolean isUserInRole(String name) {
            return identity != null && Role.named(name).filter(identity::has).isPresent();
        }
    }
}
