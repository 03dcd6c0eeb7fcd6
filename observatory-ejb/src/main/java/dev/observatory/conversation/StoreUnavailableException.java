package dev.observatory.conversation;

/** The store cannot keep or tell anything at present: it is away, or there is no room left. */
public final class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
