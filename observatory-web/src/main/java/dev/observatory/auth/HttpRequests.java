package dev.observatory.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** What is asked of requests in several places. */
public final class HttpRequests {

    private static final Pattern ENDPOINT = Pattern.compile("/ws(/[a-z]+)?");

    private HttpRequests() {}

    /** Whether the connection is to become a WebSocket, wherever. */
    public static boolean wantsUpgrade(HttpServletRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    /** Whether a WebSocket is to be opened and nothing else can come of it, in whatever way the path might be read. */
    static boolean isHandshake(HttpServletRequest request) {
        return wantsUpgrade(request)
                && request.getMethod().equals("GET")
                && ENDPOINT.matcher(path(request)).matches();
    }

    /** The path below the context root, as it was sent. */
    static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
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
