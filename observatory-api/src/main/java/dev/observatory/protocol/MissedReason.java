package dev.observatory.protocol;

/** Why what a client has missed cannot be sent any more. */
public enum MissedReason {
    /** It is not kept any more. */
    RETENTION,
    /** The numbers began anew, so that it cannot be said what was missed. */
    EPOCH
}
