package dev.observatory.auth.token;

import dev.observatory.config.Settings;
import java.time.Duration;

/**
 * How keys are fetched.
 *
 * @param refresh how long they are used before they are fetched again
 * @param minInterval how often they are fetched at most because a token was signed with an unknown key: twice within it
 * @param timeout within which a server has to have answered
 * @param maxBytes how large the keys may be, those of a file too
 * @param outage how long the last keys are used while the server is away
 */
record JwksSettings(Duration refresh, Duration minInterval, Duration timeout, int maxBytes, Duration outage) {

    private static final String PREFIX = "observatory.auth.jwks.";

    /** What of the time between two fetches is left when the second begins in the background, as a divisor. */
    private static final int AHEAD = 4;

    JwksSettings {
        check(!minInterval.isNegative() && !minInterval.isZero(), "min-interval must be positive");
        check(!timeout.isNegative() && !timeout.isZero(), "timeout must be positive");
        check(maxBytes > 0, "max-bytes must be positive");
        check(!outage.isNegative(), "outage must not be negative");
        check(refresh.compareTo(minInterval) > 0, "refresh must be longer than min-interval");
        check(refresh.compareTo(timeout.multipliedBy(AHEAD)) >= 0, "refresh must be four times as long as timeout");
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(PREFIX + message);
        }
    }

    /** How long before the keys are too old they are fetched in the background. */
    Duration refreshAhead() {
        return refresh.dividedBy(AHEAD);
    }

    /** With the second try that follows a first one that failed. */
    Duration longestFetch() {
        return timeout.multipliedBy(2);
    }

    static JwksSettings from(Settings settings) {
        return new JwksSettings(
                settings.value(PREFIX + "refresh", Duration.class),
                settings.value(PREFIX + "min-interval", Duration.class),
                settings.value(PREFIX + "timeout", Duration.class),
                settings.value(PREFIX + "max-bytes", Integer.class),
                settings.value(PREFIX + "outage", Duration.class));
    }
}
