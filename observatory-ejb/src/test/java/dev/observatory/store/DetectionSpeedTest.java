package dev.observatory.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.camera.CameraStore.Mark;
import dev.observatory.camera.DetectionQuery;
import dev.observatory.message.Detection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures by one thread, and notes what it finds in the log; the figures are in docs/decisions/0010-storage.md. */
@Tag("slow")
@DisplayName("A million detections")
class DetectionSpeedTest {

    private static final Logger LOG = Logger.getLogger(DetectionSpeedTest.class.getName());
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int BATCHES = 1000;
    private static final int BATCH = 1000;
    private static final int PAGE = 100;

    @TempDir
    Path folder;

    private final Random random = new Random(42);
    private SqlCameraStore store;

    @Test
    @DisplayName("in an H2 file are found by any filter, page by page, and let go in steps")
    void h2() throws Exception {
        try (Database database = new Database(DatabaseConfig.ofFolder(folder))) {
            measure("H2", database);
            LOG.info("H2: " + megabytes());
        }
        try (Connection connection = DriverManager.getConnection(H2Dialect.url(folder));
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown compact");
        }
        LOG.info("H2 compacted: " + megabytes());
    }

    private String megabytes() throws IOException {
        return Files.size(folder.resolve("observatory.mv.db")) / 1_000_000 + " MB";
    }

    @Test
    @DisplayName("in PostgreSQL are found by any filter, page by page, and let go in steps")
    void postgres() throws Exception {
        try (Database database = new Database(PostgresServer.newDatabase())) {
            measure("PostgreSQL", database);
            long bytes = database.read(handle -> handle.createQuery("select pg_database_size(current_database())")
                    .mapTo(Long.class)
                    .one());
            LOG.info("PostgreSQL: " + bytes / 1_000_000 + " MB");
        }
    }

    private void measure(String name, Database database) {
        store = new SqlCameraStore(database);
        long start = System.nanoTime();
        for (int i = 0; i < BATCHES; i++) {
            store.keepDetections(batch(i));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        LOG.info(String.format("%s: keeps %.0f detections/s", name, BATCHES * BATCH / seconds));
        database.write(transaction -> transaction.handle().execute("analyze"));

        Mark middle = new Mark(START.plusSeconds(BATCHES * BATCH / 2), "m");
        Instant hour = START.plusSeconds(3600);
        assertThat(timed(name + ": newest", () -> page(null, null, null, null, null)))
                .hasSize(PAGE);
        assertThat(timed(name + ": in the middle", () -> page(null, null, null, null, middle)))
                .hasSize(PAGE);
        assertThat(timed(name + ": first hour", () -> page(null, hour, null, null, null)))
                .hasSize(PAGE);
        assertThat(timed(name + ": camera", () -> page("c3", null, null, null, middle)))
                .hasSize(PAGE);
        assertThat(timed(name + ": type", () -> page(null, null, "type1", null, middle)))
                .hasSize(PAGE);
        assertThat(timed(name + ": rare type", () -> page(null, null, "rare", null, null)))
                .hasSizeBetween(1, PAGE - 1);
        assertThat(timed(name + ": camera and type", () -> page("c3", null, "type1", null, middle)))
                .hasSize(PAGE);
        assertThat(timed(name + ": camera and rare type", () -> page("c3", null, "rare", null, null)))
                .hasSizeLessThan(PAGE);
        assertThat(timed(name + ": camera and no type", () -> page("c3", null, "none", null, null)))
                .isEmpty();
        assertThat(timed(name + ": confidence", () -> page(null, null, null, 0.9, middle)))
                .hasSize(PAGE);
        assertThat(timed(name + ": rare confidence", () -> page(null, null, null, 0.99999, null)))
                .hasSizeLessThan(PAGE);
        assertThat(timed(name + ": camera and rare confidence", () -> page("c3", null, null, 0.99999, null)))
                .hasSizeLessThan(PAGE);
        List<String> ids = IntStream.range(0, 10_000).mapToObj(i -> id()).toList();
        assertThat(timed(name + ": 10,000 unknown ids", () -> store.knownDetections(ids)))
                .isEmpty();
        for (int step = 0; step < 3; step++) {
            assertThat(timed(
                            name + ": forget 10,000", () -> store.forgetDetections(START.plusSeconds(100_000), 10_000)))
                    .isEqualTo(10_000);
        }
        assertThat(timed(name + ": nothing to forget", () -> store.forgetDetections(START, 10_000)))
                .isZero();
    }

    private static <T> T timed(String what, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        LOG.info(String.format("%s: %.1f ms", what, (System.nanoTime() - start) / 1e6));
        return result;
    }

    private List<Detection> page(String camera, Instant until, String type, Double minConfidence, Mark behind) {
        return store.detections(new DetectionQuery(camera, null, until, type, minConfidence, behind, PAGE));
    }

    private List<Detection> batch(int number) {
        return IntStream.range(0, BATCH)
                .mapToObj(i -> new Detection(
                        id(),
                        "c" + random.nextInt(20),
                        random.nextInt(50_000) == 0 ? "rare" : "type" + random.nextInt(10),
                        random.nextDouble(),
                        START.plusSeconds(number * BATCH + i),
                        1,
                        2,
                        3,
                        4))
                .toList();
    }

    private String id() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
