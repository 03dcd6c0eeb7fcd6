package dev.observatory.rest;

import jakarta.ws.rs.core.Response;

/**
 * What went wrong with a request (RFC 9457).
 *
 * @param detail for a person; never what only the server's log may hold
 * @param field the parameter or field it is about, null when it is about none
 */
public record Problem(String type, String title, int status, String detail, String field) {

    static Problem of(Response.StatusType status, String detail, String field) {
        return new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, field);
    }
}
