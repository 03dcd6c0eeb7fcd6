package dev.observatory.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;

/** What is asked of requests in several places. */
public final class HttpRequests {

    private HttpRequests() {}

    /** Whether a WebSocket is to be opened. */
    public static boolean isHandshake(HttpServletRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    /** Payara's WebSocket upgrade fails on any other query after it has answered 101, and leaves the client hanging. */
    static boolean hasReadableQuery(HttpServletRequest request) {
        String query = request.getQueryString();
        try {
            if (query != null) {
                new URI("/?" + query);
            }
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
