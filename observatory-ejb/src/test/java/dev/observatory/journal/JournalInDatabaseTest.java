package dev.observatory.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import dev.observatory.message.Message;
import dev.observatory.store.TestStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The journal in a database, with its own thread")
class JournalInDatabaseTest {

    private static final Channel A = Channel.conversation("a");
    private static final Interest ALL = (channel, views) -> true;
    private static final int BURST = 20_000;

    @TempDir
    Path folder;

    private static StoredJournal start(TestStore store, long maxBytes) {
        JournalConfig config =
                new JournalConfig(maxBytes, Duration.ofHours(1), 1_000_000, 1 << 20, JournalConfig.Store.DEFAULT);
        return new StoredJournal(
                new JsonEncoder(), message -> {}, Clock.systemUTC(), config, store.journal(), Thread::new);
    }

    private static void burst(StoredJournal stored) {
        for (int i = 0; i < BURST; i++) {
            stored.journal().append(Draft.to(A, "note", Map.of("n", i)));
        }
    }

    private static Replay replay(StoredJournal stored) {
        return stored.journal().replay(new Cursor(0, 0, 0), ALL, Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Every number is either there or said to be lost, and none is both. */
    private static void assertAccountedFor(Replay replay, int count) {
        assertThat(replay.complete()).isTrue();
        List<Lost> lost = replay.lost();
        assertThat(lost).allSatisfy(range -> assertThat(range.count()).isEqualTo(range.toSeq() - range.fromSeq() + 1));
        assertThat(lost.stream().mapToLong(Lost::count).sum()
                        + replay.messages().size())
                .isEqualTo(count);
        assertThat(replay.messages())
                .noneMatch(message -> lost.stream()
                        .anyMatch(range -> range.channel().equals(message.channel())
                                && message.seq() >= range.fromSeq()
                                && message.seq() <= range.toSeq()));
        assertThat(replay.messages()).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("accounts for a burst that overflows its memory, over a stop and a kill")
    void burst() {
        String epoch;
        List<Message> messages;
        Message kept;
        try (TestStore store = new TestStore(folder)) {
            try (StoredJournal stored = start(store, 200_000)) {
                epoch = stored.journal().epoch();
                kept = stored.journal().append(Draft.to(A, "notice", "text").keptFor(Duration.ofHours(1)));
                burst(stored);
                assertAccountedFor(replay(stored), BURST + 1);
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .until(() ->
                                stored.status().writtenTo() == stored.journal().pos());
                messages = replay(stored).messages();
            }
        }
        try (TestStore store = new TestStore(folder)) {
            StoredJournal stored = start(store, 200_000);
            assertThat(stored.journal().epoch()).isEqualTo(epoch);
            assertThat(replay(stored).messages()).isEqualTo(messages);
            burst(stored);
            assertAccountedFor(replay(stored), 2 * BURST + 1);
            // as a kill does it: without a word to the journal, whose thread finds the database closed
            store.close();
            stored.close();
        }
        try (TestStore store = new TestStore(folder);
                StoredJournal stored = start(store, 200_000)) {
            assertThat(stored.journal().epoch()).isNotEqualTo(epoch);
            assertThat(stored.journal().kept(ALL)).extracting(Message::draftId).containsExactly(kept.draftId());
            assertThat(stored.journal().pos()).isEqualTo(1);
        }
    }
}
