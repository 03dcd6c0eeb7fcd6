package dev.observatory.ws;

import dev.observatory.auth.HttpRefusal;
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
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            chain.doFilter(request, response);
            return;
        }
        Admission admission = manager.admit(ConnectedUser.name(request.getUserPrincipal()));
        if (admission instanceof Refusal refusal) {
            problem(refusal).answer(response);
        } else if (admission instanceof Place place) {
            try {
                chain.doFilter(new PlacedRequest(request, place), response);
            } finally {
                if (response.getStatus() != HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
                    manager.cancel(place);
                }
            }
        }
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

        PlacedRequest(HttpServletRequest request, Place place) {
            super(request);
            user = new ConnectedUser(ConnectedUser.name(request.getUserPrincipal()), place);
        }

        @Override
        public Principal getUserPrincipal() {
            return user;
        }
    }
}
