package dev.observatory.auth;

import dev.observatory.auth.token.Role;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * Why a request is not let in, answered as {@code application/problem+json} (RFC 9457) before anything else has seen it.
 *
 * @param detail for a person; nothing in it needs to be escaped in JSON
 * @param headers of the answer
 */
public record HttpRefusal(int status, String detail, Map<String, String> headers) implements Decision {

    private static final String CHALLENGE = "Bearer realm=\"observatory\"";

    static HttpRefusal of(int status, String detail) {
        return new HttpRefusal(status, detail, Map.of());
    }

    /** Nobody has said who asks. */
    static HttpRefusal unauthorized(String detail) {
        return challenge(401, detail, CHALLENGE);
    }

    /** @param detail only of characters that {@code error_description} may have (RFC 6750, section 3) */
    static HttpRefusal invalidToken(String detail) {
        return challenge(401, detail, CHALLENGE + ", error=\"invalid_token\", error_description=\"" + detail + "\"");
    }

    /** Who asks may not. */
    static HttpRefusal lacks(Role role) {
        return challenge(
                403,
                "the role " + role.text() + " is needed",
                CHALLENGE + ", error=\"insufficient_scope\", scope=\"" + role.text() + "\"");
    }

    private static HttpRefusal challenge(int status, String detail, String challenge) {
        return new HttpRefusal(status, detail, Map.of("WWW-Authenticate", challenge));
    }

    /** A refusal that is over after a while. */
    public static HttpRefusal until(int status, String detail, Duration retryAfter) {
        // whole seconds are all that the header can say, and none would be no wait at all
        long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        return new HttpRefusal(status, detail, Map.of("Retry-After", Long.toString(seconds)));
    }

    public void answer(HttpServletResponse response) throws IOException {
        String body = "{\"type\":\"about:blank\",\"title\":\"" + title() + "\",\"status\":" + status + ",\"detail\":\""
                + detail + "\"}";
        response.setStatus(status);
        headers.forEach(response::setHeader);
        response.setContentType("application/problem+json");
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }

    private String title() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 429 -> "Too Many Requests";
            case 501 -> "Not Implemented";
            default -> "Service Unavailable";
        };
    }
}
