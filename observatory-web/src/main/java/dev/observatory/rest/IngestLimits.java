package dev.observatory.rest;

import dev.observatory.config.Settings;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * What a pipeline may report at once.
 *
 * @param maxBodyBytes one request
 * @param maxItems in one request
 * @param maxText one text, characters
 * @param maxClockSkew how far ahead of this machine's the clocks of those may be who report
 * @param idempotency for how long a repeated request gets its first answer
 * @param idempotencyKeys how many answers are remembered for that
 */
record IngestLimits(
        int maxBodyBytes, int maxItems, int maxText, Duration maxClockSkew, Duration idempotency, int idempotencyKeys) {

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException when one is of no use
     */
    static IngestLimits from(Config config) {
        Settings settings = new Settings(config);
        return new IngestLimits(
                settings.positiveNumber("observatory.ingest.max-body-bytes"),
                settings.positiveNumber("observatory.ingest.max-items"),
                settings.positiveNumber("observatory.ingest.max-text"),
                settings.positiveDuration("observatory.ingest.max-clock-skew"),
                settings.positiveDuration("observatory.broadcast.idempotency"),
                settings.positiveNumber("observatory.broadcast.idempotency-keys"));
    }
}
