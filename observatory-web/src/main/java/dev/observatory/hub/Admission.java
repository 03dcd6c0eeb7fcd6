package dev.observatory.hub;

import java.time.Duration;

/** Whether one more connection is taken on: a {@link Place} for it, or the reason why not. */
public sealed interface Admission permits Place, Admission.Refusal {

    /**
     * Why a connection is not taken on.
     *
     * @param retryAfter when it is worth coming back
     */
    record Refusal(Reason reason, Duration retryAfter) implements Admission {}

    /** What stands against a connection. */
    enum Reason {
        /** More handshakes in a second than are let in. */
        HANDSHAKE_RATE,
        /** Its user has as many as one user may have. */
        USER_LIMIT,
        /** There are as many as the node may have. */
        NODE_LIMIT,
        /** The server sends its clients away. */
        DRAINING
    }
}
