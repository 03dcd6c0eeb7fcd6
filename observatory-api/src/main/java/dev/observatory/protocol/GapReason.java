package dev.observatory.protocol;

/** Why a client does not get messages that it has subscribed to. */
public enum GapReason {
    /** A newer state of the same thing follows. */
    CONFLATED,
    /** More came than the connection may be sent in a second. */
    RATE_LIMIT,
    /** The client does not read as fast as messages come. */
    SLOW_CONSUMER,
    /** The messages waited for too long. */
    EXPIRED
}
