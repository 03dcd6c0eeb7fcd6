package dev.observatory.message;

/** How the system, or a component of it, is. */
public enum HealthStatus {
    OK,
    /** It does a part of what it should. */
    DEGRADED,
    /** It does nothing of what it should. */
    UNAVAILABLE
}
