package dev.observatory.journal;

import dev.observatory.config.Settings;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * How much the journal keeps. Sizes are bytes of text in UTF-8. Immutable.
 *
 * @param maxBytes in memory
 * @param maxAge in memory
 * @param maxNumbers of how many messages the numbers are remembered, 16 bytes each
 * @param maxKeptBytes of messages for those who come later
 * @param store what is kept behind the memory
 */
record JournalConfig(long maxBytes, Duration maxAge, int maxNumbers, long maxKeptBytes, Store store) {

    /** The defaults for a journal that is only in memory. */
    static final int MAX_NUMBERS = 1_000_000;

    static final long MAX_KEPT_BYTES = 16 << 20;

    /**
     * What is kept in the store.
     *
     * @param startTimeout how long the start waits for the database before it goes on without
     * @param stopTimeout how long the end waits for the last messages to be written
     */
    record Store(long maxBytes, Duration maxAge, long maxMessages, Duration startTimeout, Duration stopTimeout) {

        static final Store DEFAULT =
                new Store(256 << 20, Duration.ofHours(24), 500_000, Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    JournalConfig {
        notNegative("max-bytes", maxBytes);
        notNegative("max-numbers", maxNumbers);
        notNegative("max-kept-bytes", maxKeptBytes);
        notNegative("store.max-bytes", store.maxBytes());
        notNegative("store.max-messages", store.maxMessages());
    }

    static JournalConfig inMemory(long maxBytes, Duration maxAge) {
        return new JournalConfig(maxBytes, maxAge, MAX_NUMBERS, MAX_KEPT_BYTES, Store.DEFAULT);
    }

    static JournalConfig of(Config config) {
        Settings settings = new Settings(config);
        return new JournalConfig(
                settings.value("observatory.journal.max-bytes", Long.class),
                settings.value("observatory.journal.max-age", Duration.class),
                settings.value("observatory.journal.max-numbers", Integer.class),
                settings.value("observatory.journal.max-kept-bytes", Long.class),
                new Store(
                        settings.value("observatory.journal.store.max-bytes", Long.class),
                        settings.value("observatory.journal.store.max-age", Duration.class),
                        settings.value("observatory.journal.store.max-messages", Long.class),
                        settings.value("observatory.journal.store.start-timeout", Duration.class),
                        settings.value("observatory.journal.store.stop-timeout", Duration.class)));
    }

    private static void notNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(
                    "observatory.journal." + name + " is " + value + ", but has to be 0 or more");
        }
    }
}
