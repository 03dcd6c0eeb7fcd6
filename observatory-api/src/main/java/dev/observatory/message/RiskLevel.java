package dev.observatory.message;

/** How dangerous an event was found to be, from the least to the most. */
public enum RiskLevel {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
