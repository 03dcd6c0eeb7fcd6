package dev.observatory.auth;

import dev.observatory.auth.Decision.Granted;
import dev.observatory.auth.token.Identity;
import dev.observatory.auth.token.TokenRefusal;
import dev.observatory.auth.token.Verification;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Asks everybody for a token, also clients on the same machine: behind a reverse proxy all look like these. A token comes
 * as {@code Authorization: Bearer}, or, from a browser that opens a WebSocket and cannot set headers, as a sub-protocol
 * {@code bearer.<token>} or as a ticket in the address. The first of them that is there has to be right.
 */
final class TokenPolicy implements AccessPolicy {

    /**
     * What holds nothing of anybody: the page and its files. Compared with the path as it was sent, so that nothing
     * that means another path can look like one of these.
     */
    private static final Pattern PAGE =
            Pattern.compile("/(index\\.html|asyncapi\\.yaml|assets/[A-Za-z0-9_-]+\\.[a-z]+)?");

    private static final Pattern PROBES = Pattern.compile("/api/health/(live|ready|started)");

    private static final String SUBPROTOCOL = "bearer.";

    /** Keys are fetched again within such a time. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Function<String, Verification> verifier;
    private final Tickets tickets;
    private final boolean publicHealth;

    /**
     * @param verifier says whose a token is
     * @param publicHealth whether health is told to everybody
     */
    TokenPolicy(Function<String, Verification> verifier, Tickets tickets, boolean publicHealth) {
        this.verifier = verifier;
        this.tickets = tickets;
        this.publicHealth = publicHealth;
    }

    @Override
    public Decision decide(HttpServletRequest request) {
        boolean handshake = HttpRequests.isHandshake(request);
        Optional<String> token =
                bearer(request.getHeader("Authorization")).or(() -> handshake ? offered(request) : Optional.empty());
        if (token.isPresent()) {
            return decision(verifier.apply(token.get()));
        }
        String ticket = handshake ? request.getParameter("ticket") : null;
        if (ticket != null) {
            return tickets.redeem(ticket)
                    .<Decision>map(Granted::new)
                    .orElseGet(() -> HttpRefusal.invalidToken(
                            "there is no such ticket: one is good for one handshake, soon after it was made"));
        }
        if (isOpen(request)) {
            return new Granted(null);
        }
        return HttpRefusal.unauthorized(
                "a token is needed: in Authorization: Bearer, or for a WebSocket also as sub-protocol bearer.<token>"
                        + " or as a ticket of POST /api/tickets");
    }

    private static Decision decision(Verification verification) {
        if (verification instanceof Identity identity) {
            return new Granted(identity);
        }
        TokenRefusal refusal = (TokenRefusal) verification;
        return refusal.isTemporary()
                ? HttpRefusal.until(503, refusal.description(), RETRY)
                : HttpRefusal.invalidToken(refusal.description());
    }

    private boolean isOpen(HttpServletRequest request) {
        String path = HttpRequests.path(request);
        return PAGE.matcher(path).matches()
                || publicHealth && PROBES.matcher(path).matches();
    }

    /** The name of the scheme has no case (RFC 9110, section 11.1). */
    private static Optional<String> bearer(String authorization) {
        String scheme = "Bearer ";
        return authorization != null && authorization.regionMatches(true, 0, scheme, 0, scheme.length())
                ? Optional.of(authorization.substring(scheme.length()).strip())
                : Optional.empty();
    }

    private static Optional<String> offered(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::strip)
                .filter(name -> name.startsWith(SUBPROTOCOL))
                .map(name -> name.substring(SUBPROTOCOL.length()))
                .findFirst();
    }
}
