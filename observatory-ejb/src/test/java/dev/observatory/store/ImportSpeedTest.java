package dev.observatory.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.conversation.KeptLine;
import dev.observatory.conversation.ReadTurn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures by one thread, and notes what it finds in the log; the figures are in docs/decisions/0010-storage.md. */
@Tag("slow")
@DisplayName("The speed of an import")
class ImportSpeedTest {

    private static final Logger LOG = Logger.getLogger(ImportSpeedTest.class.getName());
    private static final int TURN_BYTES = 256 << 10;
    private static final int WARM_UP = 100;
    private static final int TURNS = 2000;
    private static final String[] WORDS =
            ("the of file test return public static final class method store line read write "
                            + "segment index database connection value null error exception because should when then we now "
                            + "let me check whether this works again in order to see what happens if it fails with a message "
                            + "/home/user/project/src/main/java/App.java git commit npm run build TODO {\\n    }\\n import")
                    .split(" ");

    @TempDir
    Path folder;

    @Test
    @DisplayName("into an H2 file")
    void h2() throws Exception {
        DatabaseConfig config = DatabaseConfig.ofFolder(folder);
        double rate = measured("H2", config);
        LOG.info("H2 closed: " + megabytes(folder));
        try (Connection connection = DriverManager.getConnection(H2Dialect.url(folder));
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown compact");
        }
        LOG.info("H2 compacted: " + megabytes(folder));
        assertThat(rate).isGreaterThan(20);
    }

    @Test
    @DisplayName("into PostgreSQL")
    void postgres() throws Exception {
        DatabaseConfig config = PostgresServer.newDatabase();
        double rate = measured("PostgreSQL", config);
        try (Database database = new Database(config)) {
            long bytes = database.read(handle -> handle.createQuery("select pg_database_size(current_database())")
                    .mapTo(Long.class)
                    .one());
            LOG.info("PostgreSQL: " + bytes / 1_000_000 + " MB");
        }
        assertThat(rate).isGreaterThan(20);
    }

    /** @return MB/s */
    private double measured(String name, DatabaseConfig config) throws IOException {
        Random random = new Random(42);
        try (Database database = new Database(config)) {
            SqlConversationStore store = new SqlConversationStore(database);
            long bytes = 0;
            long nanos = 0;
            long position = 0;
            for (int i = 0; i < WARM_UP + TURNS; i++) {
                ReadTurn turn = turn(random, position);
                position += turn.lines().size();
                long start = System.nanoTime();
                store.keep(turn);
                if (i >= WARM_UP) {
                    nanos += System.nanoTime() - start;
                    bytes += turn.lines().stream()
                            .mapToLong(line -> line.text().length)
                            .sum();
                }
            }
            double rate = bytes / 1e6 / (nanos / 1e9);
            LOG.info(String.format(
                    "%s: %.0f MB in turns of 256 KB, %.0f MB/s, %.2f ms a turn",
                    name, bytes / 1e6, rate, nanos / 1e6 / TURNS));
            long start = System.nanoTime();
            for (int i = 0; i < 1000; i++) {
                position++;
                store.keep(new ReadTurn(
                        Samples.place("c", "live", position),
                        List.of(line(random, position)),
                        List.of(Samples.conversation("c", "title", position)),
                        List.of(Samples.project("p", "name", position)),
                        List.of(),
                        Map.of()));
            }
            LOG.info(name + ": one live line with its states in "
                    + Duration.ofNanos((System.nanoTime() - start) / 1000).toNanos() / 1000 + " µs");
            start = System.nanoTime();
            long[] read = new long[1];
            store.lines("c", (place, line) -> read[0] += line.text().length);
            LOG.info(String.format("%s: read at %.0f MB/s", name, read[0] / 1e6 / ((System.nanoTime() - start) / 1e9)));
            LOG.info(name + " open: " + megabytes(folder));
            return rate;
        }
    }

    private static ReadTurn turn(Random random, long position) {
        List<KeptLine> lines = new ArrayList<>();
        for (int bytes = 0;
                bytes < TURN_BYTES;
                bytes += lines.get(lines.size() - 1).text().length) {
            lines.add(line(random, position + lines.size() + 1));
        }
        long last = position + lines.size();
        return new ReadTurn(
                Samples.place("c", "f" + last % 7, last),
                lines,
                List.of(Samples.conversation("c", "title", last)),
                List.of(Samples.project("p", "name", last)),
                List.of(),
                Map.of());
    }

    /** What a transcript's line is like: an envelope that hardly changes, ids, and a text of some hundred words. */
    private static KeptLine line(Random random, long position) {
        StringBuilder text = new StringBuilder();
        int words = 20 + random.nextInt(random.nextInt(10) == 0 ? 1500 : 200);
        for (int i = 0; i < words; i++) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(20) == 0 ? random.nextInt() : " ");
        }
        String json = String.format(
                "{\"parentUuid\":\"%016x\",\"isSidechain\":false,\"userType\":\"external\",\"cwd\":\"/home/user/project\","
                        + "\"sessionId\":\"0b1c2d3e-aaaa-bbbb-cccc-000000000001\",\"version\":\"2.0.1\",\"gitBranch\":\"main\","
                        + "\"type\":\"assistant\",\"message\":{\"id\":\"msg_%016x\",\"role\":\"assistant\",\"content\":"
                        + "[{\"type\":\"text\",\"text\":\"%s\"}],\"usage\":{\"input_tokens\":%d,\"output_tokens\":%d}},"
                        + "\"uuid\":\"%016x\",\"timestamp\":\"2025-03-01T12:%02d:%02d.%03dZ\"}",
                random.nextLong(),
                random.nextLong(),
                text,
                random.nextInt(1000),
                random.nextInt(1000),
                random.nextLong(),
                random.nextInt(60),
                random.nextInt(60),
                random.nextInt(1000));
        return new KeptLine(position, json.getBytes(StandardCharsets.UTF_8), 0);
    }

    private static String megabytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(ImportSpeedTest::size).sum() / 1_000_000 + " MB";
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
