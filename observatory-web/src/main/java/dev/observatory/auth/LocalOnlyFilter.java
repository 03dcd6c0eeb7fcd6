package dev.observatory.auth;

import dev.observatory.auth.token.Identity;
import dev.observatory.auth.token.NamePatterns;
import dev.observatory.auth.token.Role;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.Principal;
import java.util.EnumSet;
import java.util.Optional;

/**
 * Lets in the user of this machine and nobody else: transcripts are nobody else's business until somebody says who may
 * read them.
 *
 * <p>A request must come from a loopback address without having been forwarded, must ask for a local host (a foreign
 * name that resolves to this machine is how a web page of somebody else gets here: DNS rebinding), and if a web page
 * sent it, that page must be local too (browsers open WebSockets across origins without asking).
 *
 * <p>Declared in web.xml, which alone can say that it comes before other filters.
 */
public class LocalOnlyFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** The one user there is, who may do everything. */
    private static final Identity USER =
            new Identity("local", EnumSet.allOf(Role.class), NamePatterns.ANY, NamePatterns.ANY, Optional.empty());

    private static final String CONTENT_POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // of everything, refusals too: a transcript's text that got somewhere unescaped would still run nothing
        response.setHeader("Content-Security-Policy", CONTENT_POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        // not even to be asked for again with a date: a reproducible build gives every version's files the same one
        response.setHeader("Cache-Control", "no-store");
        Optional<HttpRefusal> refusal = refusal(request);
        if (refusal.isPresent()) {
            refusal.get().answer(response);
        } else {
            chain.doFilter(new LocalRequest(request), response);
        }
    }

    private static Optional<HttpRefusal> refusal(HttpServletRequest request) {
        if (!LocalAddress.isLoopback(request.getRemoteAddr())) {
            return Optional.of(HttpRefusal.unauthorized("only clients on the same machine are served"));
        }
        if (request.getHeader("Forwarded") != null || request.getHeader("X-Forwarded-For") != null) {
            return Optional.of(
                    HttpRefusal.unauthorized("forwarded requests are not served, only clients on the same machine"));
        }
        if (!LocalAddress.isLocalHost(request.getHeader("Host"))) {
            return Optional.of(HttpRefusal.of(403, "ask for localhost: other host names are not served"));
        }
        if (!isReadable(request.getQueryString())) {
            return Optional.of(HttpRefusal.of(400, "the query of the address is not percent-encoded as it should be"));
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !LocalAddress.isLocalOrigin(origin)) {
            return Optional.of(HttpRefusal.of(403, "pages of other origins are not served"));
        }
        return Optional.empty();
    }

    /** Payara's WebSocket upgrade fails on any other query after it has answered 101, and leaves the client hanging. */
    private static boolean isReadable(String query) {
        try {
            if (query != null) {
                new URI("/?" + query);
            }
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static final class LocalRequest extends HttpServletRequestWrapper {

        LocalRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Principal getUserPrincipal() {
            return USER;
        }

        @Override
        public String getRemoteUser() {
            return USER.name();
        }
    }
}
