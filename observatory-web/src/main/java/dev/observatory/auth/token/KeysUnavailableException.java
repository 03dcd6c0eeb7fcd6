package dev.observatory.auth.token;

/** There are no keys at the moment to verify tokens with. */
final class KeysUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    KeysUnavailableException(Throwable cause) {
        super(cause);
    }
}
