package dev.observatory.auth;

import dev.observatory.auth.Decision.Granted;
import dev.observatory.auth.token.Identity;
import dev.observatory.auth.token.NamePatterns;
import dev.observatory.auth.token.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lets in the user of this machine, who may do everything, and nobody else: transcripts are nobody else's business until
 * somebody says who may read them.
 *
 * <p>A request must come from a loopback address without having been forwarded, and must ask for a local host: a foreign
 * name that resolves to this machine is how a web page of somebody else gets here (DNS rebinding).
 */
final class LocalPolicy implements AccessPolicy {

    private static final Identity USER =
            new Identity("local", EnumSet.allOf(Role.class), NamePatterns.ANY, NamePatterns.ANY, Optional.empty());

    /** What proxies tell of a request that is not their own; one that tells nothing cannot be told from a client. */
    private static final Pattern FORWARDING =
            Pattern.compile("Forwarded|X-Forwarded-.*|X-Real-IP|Via", Pattern.CASE_INSENSITIVE);

    private static final String HOW =
            "; to serve others, say which tokens are accepted, by mp.jwt.verify.publickey.location or"
                    + " observatory.auth.secret (docs/reference/access.md)";

    @Override
    public Decision decide(HttpServletRequest request) {
        if (!LocalAddress.isLoopback(request.getRemoteAddr())) {
            return HttpRefusal.unauthorized("only clients on the same machine are served" + HOW);
        }
        if (Collections.list(request.getHeaderNames()).stream()
                .anyMatch(name -> FORWARDING.matcher(name).matches())) {
            return HttpRefusal.unauthorized(
                    "forwarded requests are not served, only clients on the same machine" + HOW);
        }
        if (!LocalAddress.isLocalHost(request.getHeader("Host"))) {
            return HttpRefusal.of(403, "ask for localhost: other host names are not served" + HOW);
        }
        return new Granted(USER);
    }
}
