package dev.observatory.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.observatory.conversation.KeptLine;
import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.journal.JournalStore.KeptDraft;
import dev.observatory.journal.JournalStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs the right to mount a small file system, and is skipped without. */
@DisplayName("A disk that is full")
class DiskFullTest {

    @TempDir
    Path folder;

    private static final int FAILURES = 20;

    @BeforeEach
    void mount() throws Exception {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder.toString()))
                .isZero();
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", folder.toString());
    }

    @Test
    @DisplayName("is told, loses nothing that was kept, and is written again once there is room")
    void full() throws Exception {
        Path ballast = Files.write(folder.resolve("ballast"), new byte[6 << 20]);
        try (LogRecording log = new LogRecording();
                Database database = new Database(DatabaseConfig.ofFolder(folder))) {
            SqlConversationStore store = new SqlConversationStore(database);
            int kept = keepUntilFull(store);
            assertThat(kept).isPositive();
            store.places();
            assertThatThrownBy(() -> keep(store, kept + 1)).isInstanceOf(StoreUnavailableException.class);
            assertThat(log.messages()).hasSize(1);

            Files.delete(ballast);
            keep(store, kept + 1);
            assertThat(log.messages()).hasSize(2);
            assertThat(positions(store))
                    .isEqualTo(LongStream.rangeClosed(1, kept + 1).boxed().toList());
        }
    }

    @Test
    @DisplayName("is what everybody is told who writes at the same time")
    void everybody() throws Exception {
        Path ballast = Files.write(folder.resolve("ballast"), new byte[6 << 20]);
        try (Database database = new Database(DatabaseConfig.ofFolder(folder))) {
            Queue<String> reasons = new ConcurrentLinkedQueue<>();
            SqlConversationStore conversations = new SqlConversationStore(database);
            SqlJournalStore journal = new SqlJournalStore(database);
            List<Thread> writers = List.of(
                    writer(reasons, n -> keep(conversations, n)),
                    writer(reasons, n -> journal.keep(draft("one", n))),
                    writer(reasons, n -> journal.keep(draft("other", n))));
            writers.forEach(Thread::start);
            for (Thread writer : writers) {
                writer.join();
            }

            // H2 has other words for it at times, but it is neither locked by itself nor left closed
            assertThat(reasons)
                    .hasSize(writers.size() * FAILURES)
                    .noneMatch(reason -> reason.contains("another process") || reason.contains("has been closed"));
            assertThat(reasons).anyMatch(reason -> reason.contains("has no room left"));

            Files.delete(ballast);
            keep(conversations, 1_000);
            assertThat(positions(conversations)).contains(1_000L);
        }
    }

    /** Writes until that has failed often. */
    private static Thread writer(Queue<String> reasons, LongConsumer write) {
        return new Thread(() -> {
            int failures = 0;
            for (long n = 1; failures < FAILURES; n++) {
                try {
                    write.accept(n);
                } catch (StoreUnavailableException | JournalStoreException e) {
                    reasons.add(e.getMessage());
                    failures++;
                }
            }
        });
    }

    private static KeptDraft draft(String name, long number) {
        byte[] data = new byte[200_000];
        new Random(number).nextBytes(data);
        Instant now = Instant.now();
        return new KeptDraft(name + number, now, now.plusSeconds(3600), data);
    }

    private static int keepUntilFull(SqlConversationStore store) {
        for (int i = 1; ; i++) {
            try {
                keep(store, i);
            } catch (StoreUnavailableException e) {
                assertThat(e).hasMessageContaining("has no room left");
                return i - 1;
            }
        }
    }

    private static void keep(SqlConversationStore store, long position) {
        byte[] text = new byte[200_000];
        new Random(position).nextBytes(text);
        store.keep(Samples.turn(Samples.place("c", "f", position), List.of(new KeptLine(position, text, 0))));
    }

    private static List<Long> positions(SqlConversationStore store) {
        List<Long> positions = new ArrayList<>();
        store.lines("c", (place, line) -> positions.add(line.position()));
        return positions;
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
