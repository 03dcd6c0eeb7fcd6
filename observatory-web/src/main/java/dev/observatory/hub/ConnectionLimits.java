package dev.observatory.hub;

import dev.observatory.config.Settings;
import java.util.Arrays;
import java.util.Locale;
import org.eclipse.microprofile.config.Config;

/**
 * How many connections there may be.
 *
 * @param max on this node, at least 1
 * @param maxPerUser of one user, 0 for as many as the node has
 * @param policy what happens when a user has one too many
 * @param handshakesPerSecond how many handshakes are let in, and twice as many after a pause
 */
record ConnectionLimits(int max, int maxPerUser, Policy policy, int handshakesPerSecond) {

    /** What happens when a user has one connection too many. */
    enum Policy {
        /** The new one is refused. */
        REJECT,
        /** The oldest one is closed. */
        EVICT_OLDEST;

        private String setting() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    ConnectionLimits {
        if (max <= 0) {
            throw new IllegalArgumentException("observatory.connections.max must be positive");
        }
        if (maxPerUser < 0) {
            throw new IllegalArgumentException("observatory.connections.max-per-user must not be negative");
        }
        if (handshakesPerSecond <= 0) {
            throw new IllegalArgumentException("observatory.connections.handshakes-per-second must be positive");
        }
    }

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException when one has a value that it cannot have; the message names it
     * @throws java.util.NoSuchElementException when one is missing
     */
    static ConnectionLimits from(Config config) {
        Settings settings = new Settings(config);
        return new ConnectionLimits(
                settings.value("observatory.connections.max", Integer.class),
                settings.value("observatory.connections.max-per-user", Integer.class),
                policy(settings),
                settings.value("observatory.connections.handshakes-per-second", Integer.class));
    }

    private static Policy policy(Settings settings) {
        String name = "observatory.connections.policy";
        String text = settings.value(name, String.class);
        return Arrays.stream(Policy.values())
                .filter(policy -> policy.setting().equals(text))
                .findFirst()
                .orElseThrow(() -> settings.unreadable(name, "reject or evict-oldest", null));
    }
}
