package dev.observatory.auth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Lets browsers hand answers to the pages of a listed origin (CORS, as the Fetch standard has it). Never with credentials
 * of the browser's own: there are no cookies, and a token is sent by the page itself.
 */
final class CrossOrigin {

    /** How long a browser need not ask again, seconds. */
    private static final int MAX_AGE = 600;

    private CrossOrigin() {}

    static void allow(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Origin", request.getHeader("Origin"));
        response.setHeader("Access-Control-Expose-Headers", "Content-Disposition, Retry-After, WWW-Authenticate");
        response.setHeader("Vary", "Origin");
    }

    /** Whether a browser asks what a page may ask; it never sends a token with that. */
    static boolean isPreflight(HttpServletRequest request) {
        return "OPTIONS".equals(request.getMethod()) && request.getHeader("Access-Control-Request-Method") != null;
    }

    static void answerPreflight(HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE");
        response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key");
        response.setIntHeader("Access-Control-Max-Age", MAX_AGE);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
