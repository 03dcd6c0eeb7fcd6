package dev.observatory.protocol;

/** What can be wrong with a command, with what the client should do about it. */
public enum ErrorCode {
    BAD_JSON(Action.FIX),
    UNKNOWN_TYPE(Action.FIX),
    MISSING_FIELD(Action.FIX),
    INVALID_FIELD(Action.FIX),
    /** Not the name of a channel. */
    BAD_CHANNEL(Action.FIX),
    /** A channel that this endpoint does not offer. */
    UNKNOWN_CHANNEL(Action.FIX),
    /** A channel that is somebody else's. */
    FORBIDDEN_CHANNEL(Action.STOP),
    /** A token that is not accepted. */
    INVALID_TOKEN(Action.REFRESH_TOKEN),
    /** A token cannot be looked at now, because the keys are away. */
    KEYS_UNAVAILABLE(Action.RETRY),
    /** A token of somebody else than the connection's user. */
    OTHER_USER(Action.STOP),
    /** There are no tokens here. */
    TOKENS_NOT_ACCEPTED(Action.STOP),
    TOO_MANY_SUBSCRIPTIONS(Action.FIX),
    TOO_LARGE(Action.FIX),
    /** A connection resumes once. */
    ALREADY_RESUMED(Action.FIX),
    /** Commands come faster than allowed. */
    RATE_LIMITED(Action.RETRY),
    BINARY_NOT_SUPPORTED(Action.FIX),
    /** A fault of the server. */
    INTERNAL(Action.RETRY);

    /** What a client does about an error. */
    public enum Action {
        FIX,
        RETRY,
        REFRESH_TOKEN,
        STOP
    }

    private final Action action;

    ErrorCode(Action action) {
        this.action = action;
    }

    public Action action() {
        return action;
    }
}
