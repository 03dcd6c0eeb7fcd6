package dev.observatory.message;

import java.time.Instant;

/**
 * How a component of the system was when it was last checked.
 *
 * @param details for a person: what is wrong or worth knowing, null when nothing is
 * @param lastChecked null before the first time
 */
public record ComponentHealth(String name, HealthStatus status, String details, Instant lastChecked) {}
