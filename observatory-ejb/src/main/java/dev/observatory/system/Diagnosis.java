package dev.observatory.system;

import dev.observatory.message.HealthStatus;

/**
 * How a component was found. Immutable.
 *
 * @param details for an operator: what is wrong or worth knowing, null when nothing is
 */
public record Diagnosis(HealthStatus status, String details) {

    public static Diagnosis ok(String details) {
        return new Diagnosis(HealthStatus.OK, details);
    }

    public static Diagnosis degraded(String details) {
        return new Diagnosis(HealthStatus.DEGRADED, details);
    }

    public static Diagnosis unavailable(String details) {
        return new Diagnosis(HealthStatus.UNAVAILABLE, details);
    }
}
