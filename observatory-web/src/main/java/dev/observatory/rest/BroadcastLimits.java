package dev.observatory.rest;

import dev.observatory.config.Settings;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * What may be broadcast from outside.
 *
 * @param maxBytes the data of one message, bytes of UTF-8
 * @param maxBodyBytes one request
 * @param maxMessages in one request
 * @param maxChannels beyond so many, nothing is broadcast to channels that have had nothing
 * @param maxKeepFor for how long a message may be kept for those who come later
 * @param idempotency for how long a repeated request gets its first answer
 * @param idempotencyKeys how many answers are remembered for that
 */
record BroadcastLimits(
        int maxBytes,
        int maxBodyBytes,
        int maxMessages,
        int maxChannels,
        Duration maxKeepFor,
        Duration idempotency,
        int idempotencyKeys) {

    BroadcastLimits {
        positive("observatory.broadcast.max-bytes", maxBytes);
        positive("observatory.broadcast.max-body-bytes", maxBodyBytes);
        positive("observatory.broadcast.max-messages", maxMessages);
        positive("observatory.broadcast.max-channels", maxChannels);
        positive("observatory.broadcast.max-keep-for", maxKeepFor.toNanos());
        positive("observatory.broadcast.idempotency", idempotency.toNanos());
        positive("observatory.broadcast.idempotency-keys", idempotencyKeys);
    }

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException when one is not of its type or not positive; the message names it
     * @throws java.util.NoSuchElementException when one is missing
     */
    static BroadcastLimits from(Config config) {
        Settings settings = new Settings(config);
        return new BroadcastLimits(
                settings.value("observatory.broadcast.max-bytes", Integer.class),
                settings.value("observatory.broadcast.max-body-bytes", Integer.class),
                settings.value("observatory.broadcast.max-messages", Integer.class),
                settings.value("observatory.broadcast.max-channels", Integer.class),
                settings.value("observatory.broadcast.max-keep-for", Duration.class),
                settings.value("observatory.broadcast.idempotency", Duration.class),
                settings.value("observatory.broadcast.idempotency-keys", Integer.class));
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive");
        }
    }
}
