package dev.observatory.rest;

/** A request, or something in it, is larger than it may be. */
final class TooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooLargeException(String message) {
        super(message);
    }
}
