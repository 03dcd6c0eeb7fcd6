package dev.observatory.hub;

import dev.observatory.config.Settings;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.Config;

/**
 * How clients are sent away.
 *
 * @param time within which all are gone; zero for at once
 * @param spread over which they are told to come back, each at its own time
 */
record DrainSettings(Duration time, Duration spread) {

    DrainSettings {
        if (time.isNegative()) {
            throw new IllegalArgumentException("observatory.drain.time must not be negative");
        }
        if (spread.isNegative()) {
            throw new IllegalArgumentException("observatory.drain.spread must not be negative");
        }
    }

    /** For somebody who comes meanwhile, at random like everybody. */
    Duration retryAfter() {
        return Duration.ofMillis((long) (ThreadLocalRandom.current().nextDouble() * spread.toMillis()));
    }

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException when one has a value that it cannot have; the message names it
     * @throws java.util.NoSuchElementException when one is missing
     */
    static DrainSettings from(Config config) {
        Settings settings = new Settings(config);
        return new DrainSettings(
                settings.value("observatory.drain.time", Duration.class),
                settings.value("observatory.drain.spread", Duration.class));
    }
}
