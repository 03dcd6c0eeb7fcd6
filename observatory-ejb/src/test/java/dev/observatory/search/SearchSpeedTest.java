package dev.observatory.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures by one thread, and notes what it finds in the log; the figures are in docs/decisions/0011-search.md. With
 * {@code -Dobservatory.measure.transcripts=<folder>} it takes the lines of the transcripts below, over and over, each time
 * as other records; without, it makes some up.
 */
@Tag("slow")
@DisplayName("The speed of searching")
class SearchSpeedTest {

    private static final Logger LOG = Logger.getLogger(SearchSpeedTest.class.getName());
    private static final int TURN_BYTES = 256 << 10;
    private static final long BYTES = Long.getLong("observatory.measure.bytes", 200L << 20);
    private static final String TRANSCRIPTS = "observatory.measure.transcripts";

    @TempDir
    Path folder;

    @Test
    @DisplayName("is noted, with that of indexing and the size of the index")
    void measures() throws IOException {
        try (SearchRoom room = new SearchRoom(folder)) {
            long bytes = keep(room);
            long busy = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long start = System.nanoTime();
            room.follow();
            double follow = seconds(start);
            double processor = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - busy) / 1e9;
            start = System.nanoTime();
            room.following.commit();
            double commit = seconds(start);
            room.following.close();
            long size = size(room.indexFolder());
            LOG.info(String.format(
                    "indexed %d MB in %.1f s: %.1f MB/s, %.1f MB/s of processor time; commit %.2f s;"
                            + " index %d MB, %.0f %% of the lines",
                    bytes / 1_000_000,
                    follow,
                    bytes / 1e6 / follow,
                    bytes / 1e6 / processor,
                    commit,
                    size / 1_000_000,
                    100.0 * size / bytes));
            room.open(SearchRoom.CHARACTERS);
            room.follow();
            for (SearchOrder order : SearchOrder.values()) {
                for (String query : List.of(
                        "the",
                        "file test",
                        "ConversationFeed",
                        "\"in the\"",
                        "con*",
                        "co* re* st*",
                        "the -file",
                        "zzzz")) {
                    measure(room, query, order);
                }
            }
            assertThat(bytes / 1e6 / processor).isGreaterThan(2);
        }
    }

    private static void measure(SearchRoom room, String query, SearchOrder order) {
        long[] nanos = new long[21];
        long total = 0;
        for (int i = 0; i < nanos.length; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            total = room.search(SearchRoom.page(query, order, 20, null)).total();
            nanos[i] = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        }
        long first = nanos[0];
        Arrays.sort(nanos);
        LOG.info(String.format(
                "%s %s: %.1f ms of processor time, the first time %.1f ms, %d hits",
                query, order, nanos[nanos.length / 2] / 1e6, first / 1e6, total));
    }

    private static long keep(SearchRoom room) throws IOException {
        List<String> lines = System.getProperty(TRANSCRIPTS) == null
                ? madeUp()
                : transcripts(Path.of(System.getProperty(TRANSCRIPTS)));
        long bytes = 0;
        for (int round = 0; bytes < BYTES; round++) {
            int turn = 0;
            List<String> kept = new ArrayList<>();
            for (String line : lines) {
                // ids are of this length, whatever else is in them
                String other = line.replace("\"uuid\":\"", "\"uuid\":\"" + round + "-");
                kept.add(other);
                turn += other.length();
                bytes += other.length();
                if (turn > TURN_BYTES) {
                    room.keep("c" + round % 50, "p/c" + round % 50 + ".jsonl", kept.toArray(String[]::new));
                    kept.clear();
                    turn = 0;
                }
            }
            room.keep("c" + round % 50, "p/c" + round % 50 + ".jsonl", kept.toArray(String[]::new));
        }
        return bytes;
    }

    private static List<String> transcripts(Path root) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                lines.addAll(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .toList());
            }
        }
        return lines;
    }

    private static List<String> madeUp() {
        Random random = new Random(42);
        String[] words = ("the of file test return public static final class method store line read write segment index"
                        + " database connection value null error exception because should when then we now let me check"
                        + " whether this works again in order to see ConversationFeed.java /home/user/src/main/App.java")
                .split(" ");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < 200 + random.nextInt(4000)) {
                boolean isRare = random.nextInt(10) == 0;
                text.append(
                                isRare
                                        ? Integer.toString(random.nextInt(200_000), 36)
                                        : words[random.nextInt(words.length)])
                        .append(' ');
            }
            lines.add(Lines.prompt(
                    "u" + i, Instant.ofEpochSecond(1_700_000_000L + random.nextInt(10_000_000)), text.toString()));
        }
        return lines;
    }

    private static double seconds(long since) {
        return Duration.ofNanos(System.nanoTime() - since).toMillis() / 1e3;
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
