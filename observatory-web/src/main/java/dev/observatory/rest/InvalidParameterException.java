package dev.observatory.rest;

import jakarta.ws.rs.core.Response.Status;

/** A parameter of a request, or a field of its body, has a value that it cannot have. */
final class InvalidParameterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String parameter;
    private final Status status;

    InvalidParameterException(String parameter, String message) {
        this(Status.BAD_REQUEST, parameter, message);
    }

    InvalidParameterException(Status status, String parameter, String message) {
        super(message);
        this.status = status;
        this.parameter = parameter;
    }

    String parameter() {
        return parameter;
    }

    /** What the answer to the request is. */
    Status status() {
        return status;
    }
}
