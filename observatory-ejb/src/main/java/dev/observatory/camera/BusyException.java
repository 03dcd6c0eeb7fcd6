package dev.observatory.camera;

/** More is reported than can be kept; it may be tried again in a moment. */
public final class BusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BusyException(String message) {
        super(message);
    }
}
