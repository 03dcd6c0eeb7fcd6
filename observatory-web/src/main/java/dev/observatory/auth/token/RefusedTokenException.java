package dev.observatory.auth.token;

/** A token turned out not to be acceptable. Has no stack trace: that is no fault of this program. */
final class RefusedTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    private final TokenRefusal refusal;

    RefusedTokenException(TokenRefusal refusal) {
        super(refusal.description(), null, false, false);
        this.refusal = refusal;
    }

    TokenRefusal refusal() {
        return refusal;
    }
}
