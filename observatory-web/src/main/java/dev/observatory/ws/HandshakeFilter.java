package dev.observatory.ws;

import dev.observatory.audit.AuditLine;
import dev.observatory.auth.HttpRefusal;
import dev.observatory.auth.HttpRequests;
import dev.observatory.auth.token.Identity;
import dev.observatory.hub.Admission;
import dev.observatory.hub.Admission.Refusal;
import dev.observatory.hub.ConnectionManager;
import dev.observatory.hub.Place;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Locale;

/**
 * Lets in as many connections as there is room for, and tells the others so while it is still HTTP that is spoken. The
 * place that a handshake gets travels in the request's principal, which is what servers hand on to the session.
 */
public class HandshakeFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient ConnectionManager manager;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!HttpRequests.wantsUpgrade(request)) {
            chain.doFilter(request, response);
            return;
        }
        // the filter before this one lets nobody through who has none
        Identity identity = (Identity) request.getUserPrincipal();
        Admission admission = manager.admit(identity.name());
        if (admission instanceof Refusal refusal) {
            audit(refusal, identity, request);
            problem(refusal).answer(response);
        } else if (admission instanceof Place place) {
            try {
                ConnectedUser user = new ConnectedUser(identity, place, request.getRemoteAddr());
                chain.doFilter(new PlacedRequest(request, user), response);
            } finally {
                if (response.getStatus() != HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
                    manager.cancel(place);
                }
            }
        }
    }

    private static void audit(Refusal refusal, Identity identity, HttpServletRequest request) {
        AuditLine.of("refused")
                .with("user", identity.name())
                .with("address", request.getRemoteAddr())
                .with("path", request.getRequestURI())
                .with("reason", refusal.reason().name().toLowerCase(Locale.ROOT))
                .log();
    }

    private static HttpRefusal problem(Refusal refusal) {
        return switch (refusal.reason()) {
            case HANDSHAKE_RATE ->
                HttpRefusal.until(429, "too many connections are opened at once", refusal.retryAfter());
            case USER_LIMIT ->
                HttpRefusal.until(429, "you have as many connections as a user may have", refusal.retryAfter());
            case NODE_LIMIT ->
                HttpRefusal.until(503, "there are as many connections as this server takes", refusal.retryAfter());
            case DRAINING -> HttpRefusal.until(503, "this server is about to stop", refusal.retryAfter());
        };
    }

    private static final class PlacedRequest extends HttpServletRequestWrapper {

        private final Principal user;

        PlacedRequest(HttpServletRequest request, Principal user) {
            super(request);
            this.user = user;
        }

        @Override
        public Principal getUserPrincipal() {
            return user;
        }
    }
}
