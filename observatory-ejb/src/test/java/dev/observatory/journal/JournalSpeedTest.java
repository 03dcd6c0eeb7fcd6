package dev.observatory.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import dev.observatory.store.TestStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures bursts, and notes what it finds in the log; the figures are in docs/decisions/0016-journal.md. */
@Tag("slow")
@DisplayName("The speed of the journal")
class JournalSpeedTest {

    private static final Logger LOG = Logger.getLogger(JournalSpeedTest.class.getName());
    private static final int MESSAGES = 100_000;
    private static final Interest ALL = (channel, views) -> true;

    @TempDir
    Path folder;

    private final Random random = new Random(42);

    @Test
    @DisplayName("in memory alone")
    void memory() {
        for (int i = 0; i < 3; i++) {
            measure("memory", new RingJournal(new JsonEncoder(), m -> {}, Clock.systemUTC(), 64 << 20, hour()));
        }
    }

    @Test
    @DisplayName("with H2 behind it")
    void h2() {
        try (TestStore store = new TestStore(folder)) {
            measureStored("H2", store);
        }
    }

    @Test
    @DisplayName("with PostgreSQL behind it")
    void postgres() throws Exception {
        try (TestStore store = TestStore.inPostgres()) {
            measureStored("PostgreSQL", store);
        }
    }

    private static Duration hour() {
        return Duration.ofHours(1);
    }

    private void measureStored(String name, TestStore store) {
        for (int i = 0; i < 3; i++) {
            StoredJournal stored = start(store);
            measure(name, stored.journal());
            LOG.info(name + ": behind by "
                    + (stored.journal().pos() - stored.status().writtenTo()) + " at the end");
            long start = System.nanoTime();
            stored.close();
            LOG.info(name + ": closed in " + millis(start) + " ms");
        }
        long start = System.nanoTime();
        try (StoredJournal stored = start(store)) {
            LOG.info(name + ": opened in " + millis(start) + " ms with "
                    + stored.journal().pos() + " numbers");
            assertThat(stored.journal().pos()).isEqualTo(3L * MESSAGES);
            long cursor = stored.journal().pos() - 10_000;
            start = System.nanoTime();
            Replay replay = stored.journal().replay(new Cursor(cursor, cursor, cursor), ALL, 100_000, 64 << 20);
            LOG.info(name + ": replay of " + replay.messages().size() + " from the store in " + millis(start) + " ms");
            assertThat(replay.messages()).hasSize(10_000);
        }
    }

    private static StoredJournal start(TestStore store) {
        return new StoredJournal(
                new JsonEncoder(),
                message -> {},
                Clock.systemUTC(),
                new JournalConfig(
                        64 << 20,
                        hour(),
                        JournalConfig.MAX_NUMBERS,
                        JournalConfig.MAX_KEPT_BYTES,
                        new JournalConfig.Store(256 << 20, hour(), 500_000, hour(), hour())),
                store.journal(),
                Thread::new);
    }

    private void measure(String name, Journal journal) {
        Draft[] drafts = new Draft[1_000];
        for (int i = 0; i < drafts.length; i++) {
            Channel channel = Channel.conversation("c" + random.nextInt(200));
            StringBuilder text = new StringBuilder();
            while (text.length() < 800) {
                text.append(Integer.toString(random.nextInt(5_000), 36)).append(' ');
            }
            drafts[i] = Draft.to(channel, "note", Map.of("text", text.toString()));
        }
        long[] nanos = new long[MESSAGES];
        long start = System.nanoTime();
        for (int i = 0; i < MESSAGES; i++) {
            long before = System.nanoTime();
            journal.append(drafts[i % drafts.length]);
            nanos[i] = System.nanoTime() - before;
        }
        long took = millis(start);
        Arrays.sort(nanos);
        LOG.info(name + ": " + MESSAGES * 1000L / took + " messages/s, p50 " + nanos[MESSAGES / 2] / 1000 + " us, p99 "
                + nanos[MESSAGES / 100 * 99] / 1000 + " us, max " + nanos[MESSAGES - 1] / 1000 + " us");
    }

    private static long millis(long since) {
        return (System.nanoTime() - since) / 1_000_000;
    }
}
