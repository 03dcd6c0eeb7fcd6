package dev.observatory.auth.token;

/**
 * Why a token is refused. The texts hold nothing of the token and nothing that is secret, and only characters that
 * {@code error_description} of RFC 6750 takes and that JSON need not escape.
 */
public enum TokenRefusal implements Verification {
    TOO_LONG("the token is too long"),
    MALFORMED("this is no signed JWT in compact form"),
    UNSIGNED("the token is not signed"),
    ENCRYPTED("encrypted tokens are not accepted"),
    NESTED("tokens within tokens are not accepted"),
    CRITICAL_HEADER("the token's header has critical extensions, of which none is known"),
    WRONG_TYPE("the type of the token is neither JWT nor at+jwt"),
    WRONG_ALGORITHM("the token is signed with an algorithm that is not allowed"),
    UNKNOWN_KEY("there is no key for the token's key id and algorithm"),
    BAD_SIGNATURE("the signature of the token is wrong"),
    WRONG_ISSUER("the token is from another issuer"),
    WRONG_AUDIENCE("the token is for another audience"),
    NO_EXPIRY("the token has no expiry"),
    EXPIRED("the token has expired"),
    NOT_YET_VALID("the token is not valid yet"),
    BAD_TIME("exp or nbf of the token is no time"),
    BAD_NAME("upn, preferred_username or sub of the token is no name, or there is none"),
    BAD_ROLES("groups or scope of the token is no list of names"),
    BAD_CHANNELS("channels of the token is no list of patterns"),
    BAD_PROJECTS("projects of the token is no list of patterns"),
    /** Not the token's fault: it is worth trying again. */
    KEYS_UNAVAILABLE("the keys that tokens are signed with are not available at the moment");

    private final String description;

    TokenRefusal(String description) {
        this.description = description;
    }

    /** For a person. */
    public String description() {
        return description;
    }

    /** Whether the same token may be accepted a little later, so that this is not a {@code 401}. */
    public boolean isTemporary() {
        return this == KEYS_UNAVAILABLE;
    }
}
