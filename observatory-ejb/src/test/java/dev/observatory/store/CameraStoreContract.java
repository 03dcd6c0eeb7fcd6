package dev.observatory.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.observatory.camera.Camera;
import dev.observatory.camera.CameraStore;
import dev.observatory.camera.CameraStore.Mark;
import dev.observatory.camera.DetectionQuery;
import dev.observatory.camera.EventQuery;
import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.message.CameraState;
import dev.observatory.message.Detection;
import dev.observatory.message.RiskLevel;
import dev.observatory.message.SecurityEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cameras find in every database alike. */
abstract class CameraStoreContract {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123456Z");
    private static final int ALL = 1_000_000;

    private Database database;
    private CameraStore store;

    /** An empty database, the same one throughout a test. */
    abstract DatabaseConfig config() throws Exception;

    /** Until the transaction ends: for few rows a database may well sort. */
    abstract void preferIndexes(Handle handle);

    /** Fails unless rows are read in the order of an index, and no more of them than are wanted. */
    abstract void assertInOrderOfAnIndex(String plan);

    @BeforeEach
    void open() throws Exception {
        database = new Database(config());
        store = new SqlCameraStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void reopen() throws Exception {
        close();
        open();
    }

    private static Camera camera(String id, String name, long version) {
        return new Camera(id, name, CameraState.ONLINE, NOON, NOON.minusSeconds(1), version);
    }

    private static SecurityEvent event(String id, Instant startedAt) {
        return new SecurityEvent(id, "cam", 50, RiskLevel.MEDIUM, "summary", null, startedAt, null);
    }

    private static Detection detection(String id, Instant detectedAt) {
        return detection(id, "person", detectedAt);
    }

    private static Detection detection(String id, String objectType, Instant detectedAt) {
        return new Detection(id, "cam", objectType, 0.5, detectedAt, 1, 2, 3, 4);
    }

    private List<SecurityEvent> allEvents() {
        return store.events(new EventQuery(null, null, null, null, null, null, ALL));
    }

    private List<Detection> allDetections() {
        return store.detections(new DetectionQuery(null, null, null, null, null, null, ALL));
    }

    private List<Detection> ofType(String objectType) {
        return store.detections(new DetectionQuery(null, null, null, objectType, null, null, ALL));
    }

    @Test
    @DisplayName("an empty store has nothing, and lets nothing go")
    void empty() {
        assertThat(store.cameras()).isEmpty();
        assertThat(allEvents()).isEmpty();
        assertThat(allDetections()).isEmpty();
        assertThat(store.event("e")).isEmpty();
        assertThat(store.knownEvents(List.of("e"))).isEmpty();
        assertThat(store.knownEvents(List.of())).isEmpty();
        assertThat(store.knownDetections(List.of("d"))).isEmpty();
        assertThat(store.forgetEvents(Instant.MAX, 10)).isZero();
        assertThat(store.forgetDetections(Instant.MAX, 10)).isZero();
        store.keepCameras(List.of());
        store.keepEvents(List.of());
        store.keepDetections(List.of());
    }

    @Test
    @DisplayName("all comes back as it was, after the store was closed and opened too")
    void comesBack() throws Exception {
        List<Camera> cameras = List.of(
                new Camera("a", "Front door", CameraState.ONLINE, NOON, NOON.minusSeconds(1), 1),
                new Camera("b", null, CameraState.OFFLINE, null, NOON, Long.MAX_VALUE),
                new Camera("c", "", CameraState.ERROR, NOON, NOON, 0));
        List<SecurityEvent> events = List.of(
                new SecurityEvent("2", "a", 100, RiskLevel.CRITICAL, "summary", "reasoning", NOON, NOON),
                new SecurityEvent("1", "unknown", 0, RiskLevel.LOW, "summary", null, NOON, null));
        List<Detection> detections = List.of(
                new Detection("2", "a", "person", 1, NOON, -1_000_000, -1, 1_000_000, 0),
                new Detection("1", "unknown", "a car", Double.MIN_VALUE, NOON, 1, 2, 3, 4));
        store.keepCameras(cameras);
        store.keepEvents(events);
        store.keepDetections(detections);
        reopen();

        assertThat(store.cameras()).containsExactlyInAnyOrderElementsOf(cameras);
        assertThat(allEvents()).isEqualTo(events);
        assertThat(store.event("1")).contains(events.get(1));
        assertThat(allDetections()).isEqualTo(detections);
    }

    @ParameterizedTest(name = "{displayName} ({index})")
    @DisplayName("any text comes back and can be asked for, also what PostgreSQL cannot hold")
    @ValueSource(
            strings = {
                "",
                " a\tb\r\nc ",
                "ünïcödé 漢字 🚀",
                "\u0000",
                "a\u0000\u0010b\u00100000",
                "half \ud83d",
                "\ude80 half",
                "'; drop table detection; --",
                ":named ? <piece>",
                "\\",
                "\ufeff\uffff\u2028"
            })
    void anyText(String text) {
        Camera camera = camera("c" + text, text, 1);
        SecurityEvent event = new SecurityEvent("e", "cam", 1, RiskLevel.LOW, "." + text, text, NOON, null);
        Detection detection = detection("d", "." + text, NOON);
        store.keepCameras(List.of(camera, camera("other", null, 1)));
        store.keepEvents(List.of(event));
        store.keepDetections(List.of(detection, detection("other", "..", NOON)));

        assertThat(store.cameras()).contains(camera);
        assertThat(store.event("e")).contains(event);
        assertThat(ofType("." + text)).containsExactly(detection);
        assertThat(store.event(text)).isEmpty();
        assertThat(store.knownEvents(List.of(text, "e"))).containsExactly("e");
        assertThat(store.knownDetections(List.of(text, "d"))).containsExactly("d");
        Mark mark = new Mark(NOON.plusSeconds(1), text);
        assertThat(store.events(new EventQuery(text, null, null, null, null, mark, 9)))
                .isEmpty();
        assertThat(store.detections(new DetectionQuery(text, null, null, text, null, mark, 9)))
                .isEmpty();
    }

    @Test
    @DisplayName("a text may be long, and types are told apart however alike they are")
    void longTexts() {
        String text = IntStream.range(0, 20_000)
                .mapToObj(i -> Integer.toString(i * 31, 36))
                .collect(Collectors.joining());
        SecurityEvent event = new SecurityEvent("e", "cam", 1, RiskLevel.LOW, text, text, NOON, null);
        List<Detection> detections = List.of(
                detection("5", text + "a", NOON),
                detection("4", text + "b", NOON),
                detection("3", "car", NOON),
                detection("2", "Car", NOON),
                detection("1", "car ", NOON));
        store.keepEvents(List.of(event));
        store.keepDetections(detections);

        assertThat(allEvents()).containsExactly(event);
        assertThat(allDetections()).isEqualTo(detections);
        for (Detection detection : detections) {
            assertThat(ofType(detection.objectType())).containsExactly(detection);
        }
    }

    @Test
    @DisplayName("a lower version of a camera never replaces a higher, an equal one does")
    void versions() {
        store.keepCameras(List.of(camera("c", "five", 5), camera("d", "d", 1)));
        store.keepCameras(List.of(camera("c", "four", 4)));
        assertThat(store.cameras()).containsExactlyInAnyOrder(camera("c", "five", 5), camera("d", "d", 1));

        store.keepCameras(List.of(camera("c", "new", 5)));
        assertThat(store.cameras()).containsExactlyInAnyOrder(camera("c", "new", 5), camera("d", "d", 1));

        store.keepCameras(List.of(camera("c", "7", 7), camera("c", "9", 9), camera("c", "8", 8)));
        assertThat(store.cameras()).containsExactlyInAnyOrder(camera("c", "9", 9), camera("d", "d", 1));
    }

    @Test
    @DisplayName("of what several keep at the same time the highest versions stay")
    void concurrentWriters() throws Exception {
        int writers = 4;
        int versions = 80;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Void>> all = new ArrayList<>();
            for (int version = 0; version < versions; version++) {
                List<Camera> cameras = camerasOf(version);
                all.add(() -> {
                    store.keepCameras(cameras);
                    return null;
                });
            }
            for (Future<Void> one : threads.invokeAll(all)) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(store.cameras())
                .hasSize(10 + 10 * versions / 4)
                .filteredOn(camera -> camera.cameraId().startsWith("c"))
                .extracting(Camera::version)
                .containsOnly(versions - 1L);
    }

    /** In any order, ten of them the same in all versions and ten in four of them, so that some are always new. */
    private static List<Camera> camerasOf(int version) {
        List<Camera> cameras = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            cameras.add(camera("c" + i, "name", version));
            cameras.add(camera("n" + version / 4 + "." + i, "name", version));
        }
        Collections.shuffle(cameras, new Random(version));
        return cameras;
    }

    @Test
    @DisplayName("what fails in its middle leaves nothing behind, and what was there stays")
    void allOrNothing() {
        store.keepEvents(List.of(event("e", NOON)));
        store.keepDetections(List.of(detection("d", NOON)));
        Camera impossible = new Camera("b", null, null, null, NOON, 1);

        assertThatThrownBy(() -> store.keepCameras(List.of(camera("a", "a", 1), impossible, camera("c", "c", 1))))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store.keepEvents(List.of(event("new", NOON), event("e", NOON.plusSeconds(1)))))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() ->
                        store.keepDetections(List.of(detection("x", NOON), detection("y", NOON), detection("x", NOON))))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(store.cameras()).isEmpty();
        assertThat(allEvents()).containsExactly(event("e", NOON));
        assertThat(allDetections()).containsExactly(detection("d", NOON));

        store.keepCameras(List.of(camera("a", "a", 1)));
        store.keepEvents(List.of(event("new", NOON)));
        store.keepDetections(List.of(detection("x", NOON)));
        assertThat(store.cameras()).hasSize(1);
        assertThat(allEvents()).hasSize(2);
        assertThat(allDetections()).hasSize(2);
    }

    @Test
    @DisplayName("thousands of ids are told apart from those that are not known, also if one is asked for twice")
    void known() {
        store.keepDetections(IntStream.range(0, 1500)
                .mapToObj(i -> detection("d" + i * 3, NOON))
                .toList());
        store.keepEvents(
                IntStream.range(0, 1500).mapToObj(i -> event("d" + i * 5, NOON)).toList());
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            asked.add("d" + i);
            asked.add("d" + i);
        }

        assertThat(store.knownDetections(asked)).isEqualTo(multiples(3, 4500));
        assertThat(store.knownEvents(asked)).isEqualTo(multiples(5, 5000));
        assertThat(store.knownEvents(List.of("D0", "d0 ", "d", "d1"))).isEmpty();
    }

    private static Set<String> multiples(int of, int below) {
        return IntStream.range(0, below)
                .filter(i -> i % of == 0)
                .mapToObj(i -> "d" + i)
                .collect(Collectors.toSet());
    }

    @Test
    @DisplayName("times are cut to the microsecond, those that are asked for too")
    void times() {
        Instant fine = Instant.parse("2026-01-02T12:00:00.000001999Z");
        Instant cut = Instant.parse("2026-01-02T12:00:00.000001Z");
        store.keepEvents(List.of(
                new SecurityEvent("a", "cam", 1, RiskLevel.LOW, "s", null, fine, fine.plusNanos(1)),
                new SecurityEvent("b", "cam", 1, RiskLevel.LOW, "s", null, fine, null)));

        assertThat(store.event("a").orElseThrow().startedAt()).isEqualTo(cut);
        assertThat(store.event("a").orElseThrow().endedAt()).isEqualTo("2026-01-02T12:00:00.000002Z");
        for (Instant same : List.of(fine, cut)) {
            assertThat(store.events(new EventQuery(null, same, null, null, null, null, 9)))
                    .hasSize(2);
            assertThat(store.events(new EventQuery(null, null, same, null, null, null, 9)))
                    .isEmpty();
            assertThat(store.events(new EventQuery(null, null, null, null, null, new Mark(same, "b"), 9)))
                    .extracting(SecurityEvent::id)
                    .containsExactly("a");
            assertThat(store.forgetEvents(same, 9)).isZero();
        }
        assertThat(store.events(new EventQuery(null, Instant.MIN, Instant.MAX, null, null, null, 9)))
                .hasSize(2);
        assertThat(store.forgetEvents(cut.plusNanos(1000), 9)).isEqualTo(2);
    }

    @Test
    @DisplayName("as many go as is said, the oldest first, and none of the time itself")
    void forgets() {
        List<Integer> shuffled =
                new ArrayList<>(IntStream.range(0, 1300).boxed().toList());
        Collections.shuffle(shuffled, new Random(1));
        store.keepEvents(
                shuffled.stream().map(i -> event("e" + i, NOON.plusMillis(i))).toList());
        store.keepDetections(shuffled.stream()
                .map(i -> detection("d" + i, NOON.plusMillis(i)))
                .toList());

        Instant before = NOON.plusMillis(1200);
        assertThat(store.forgetEvents(before, 0)).isZero();
        assertThat(store.forgetEvents(before, 1)).isEqualTo(1);
        assertThat(allEvents()).hasSize(1299).doesNotContain(event("e0", NOON));
        assertThat(store.forgetEvents(before, 1100)).isEqualTo(1100);
        assertThat(allEvents().get(198)).isEqualTo(event("e1101", NOON.plusMillis(1101)));
        assertThat(store.forgetEvents(before, 1100)).isEqualTo(99);
        assertThat(store.forgetEvents(before, 1100)).isZero();
        assertThat(allEvents()).hasSize(100).last().isEqualTo(event("e1200", before));

        assertThat(store.forgetDetections(before, 1199)).isEqualTo(1199);
        assertThat(store.forgetDetections(before, 1199)).isEqualTo(1);
        assertThat(allDetections()).hasSize(100).last().isEqualTo(detection("d1200", before));
    }

    @Test
    @DisplayName("ids of one time are in the order of their characters' codes, in any database's locale")
    void orderOfIds() {
        List<String> sorted = List.of("-", ".", "0", "10", "2", ":", "A", "Aa", "B", "_", "a", "aA", "b");
        store.keepEvents(sorted.stream().map(id -> event(id, NOON)).toList());
        store.keepDetections(sorted.stream().map(id -> detection(id, NOON)).toList());

        List<String> newestFirst = new ArrayList<>(sorted);
        Collections.reverse(newestFirst);
        assertThat(allEvents()).extracting(SecurityEvent::id).isEqualTo(newestFirst);
        assertThat(allDetections()).extracting(Detection::id).isEqualTo(newestFirst);
    }

    @Test
    @DisplayName(
            "150 random turns leave what a naive model has, and pages of any size go through it without hole or repeat")
    void randomTurns() throws Exception {
        long seed = new Random().nextLong();
        RandomSights sights = new RandomSights(seed);
        NaiveCameraStore model = new NaiveCameraStore();
        for (int i = 0; i < 150; i++) {
            String when = "seed " + seed + ", turn " + i;
            List<Camera> cameras = sights.cameras();
            List<SecurityEvent> events = sights.events();
            List<Detection> detections = sights.detections();
            for (CameraStore each : List.of(store, model)) {
                each.keepCameras(cameras);
                each.keepEvents(events);
                each.keepDetections(detections);
            }
            if (sights.random().nextInt(10) == 0) {
                Instant before = sights.time();
                int atMost = sights.random().nextInt(100);
                assertThat(store.forgetEvents(before, atMost)).as(when).isEqualTo(model.forgetEvents(before, atMost));
                assertThat(store.forgetDetections(before, atMost))
                        .as(when)
                        .isEqualTo(model.forgetDetections(before, atMost));
            }
            if (sights.random().nextInt(20) == 0) {
                reopen();
            }
            assertThat(store.cameras()).as(when).containsExactlyInAnyOrderElementsOf(model.cameras());
            assertSame(model, sights.eventQuery(), when);
            assertSame(model, sights.detectionQuery(), when);
            Mark nowhere = new Mark(sights.time(), sights.id());
            assertSame(model, behind(sights.eventQuery(), nowhere), when);
            assertSame(model, behind(sights.detectionQuery(), nowhere), when);
        }
    }

    /** Page by page. */
    private void assertSame(CameraStore model, EventQuery query, String when) {
        List<SecurityEvent> page;
        EventQuery next = query;
        do {
            page = store.events(next);
            assertThat(page).as(when + ": " + next).isEqualTo(model.events(next));
            if (!page.isEmpty()) {
                SecurityEvent last = page.get(page.size() - 1);
                next = behind(query, new Mark(last.startedAt(), last.id()));
            }
        } while (!page.isEmpty());
    }

    private void assertSame(CameraStore model, DetectionQuery query, String when) {
        List<Detection> page;
        DetectionQuery next = query;
        do {
            page = store.detections(next);
            assertThat(page).as(when + ": " + next).isEqualTo(model.detections(next));
            if (!page.isEmpty()) {
                Detection last = page.get(page.size() - 1);
                next = behind(query, new Mark(last.detectedAt(), last.id()));
            }
        } while (!page.isEmpty());
    }

    private static EventQuery behind(EventQuery query, Mark mark) {
        return new EventQuery(
                query.cameraId(),
                query.since(),
                query.until(),
                query.riskLevel(),
                query.minRiskScore(),
                mark,
                query.atMost());
    }

    private static DetectionQuery behind(DetectionQuery query, Mark mark) {
        return new DetectionQuery(
                query.cameraId(),
                query.since(),
                query.until(),
                query.objectType(),
                query.minConfidence(),
                mark,
                query.atMost());
    }

    @Test
    @DisplayName("whatever is asked for, an index has it in the right order")
    void plans() {
        List<SecurityEvent> events = new ArrayList<>();
        List<Detection> detections = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            Instant time = NOON.plusMillis(i);
            RiskLevel level = RiskLevel.values()[i % 4];
            events.add(new SecurityEvent("e" + i, "c" + i % 3, i % 101, level, "summary", null, time, null));
            detections.add(new Detection("d" + i, "c" + i % 3, "t" + i % 7, i % 10 / 10.0, time, 1, 2, 3, 4));
        }
        store.keepEvents(events);
        store.keepDetections(detections);
        database.write(transaction -> transaction.handle().execute("analyze"));

        Instant from = NOON.plusMillis(1000);
        Instant to = NOON.plusMillis(4000);
        Mark mark = new Mark(NOON.plusMillis(3000), "e");
        for (int filters = 0; filters < 64; filters++) {
            Choice choice = new Choice(filters);
            assertInOrderOfAnIndex(plan(SqlCameraStore.of(new EventQuery(
                    choice.of(0, "c1"),
                    choice.of(1, from),
                    choice.of(2, to),
                    choice.of(3, RiskLevel.HIGH),
                    choice.of(4, 50),
                    choice.of(5, mark),
                    20))));
            assertInOrderOfAnIndex(plan(SqlCameraStore.of(new DetectionQuery(
                    choice.of(0, "c1"),
                    choice.of(1, from),
                    choice.of(2, to),
                    choice.of(3, "t1"),
                    choice.of(4, 0.5),
                    choice.of(5, mark),
                    20))));
        }
    }

    /** Which of some values are there. */
    private record Choice(int bits) {

        <T> T of(int bit, T value) {
            return (bits >> bit & 1) == 0 ? null : value;
        }
    }

    private String plan(NewestFirst<?> query) {
        return database.inTransaction(transaction -> {
            preferIndexes(transaction.handle());
            return query.bind(transaction.handle().createQuery("explain " + query.sql()))
                    .mapTo(String.class)
                    .collect(Collectors.joining("\n", query.sql() + "\n", ""));
        });
    }

    @Test
    @DisplayName("a database of the version before gets the new tables, and keeps what it has")
    void upgrade() throws Exception {
        UUID id = UUID.randomUUID();
        try (ConnectionSource source = ConnectionSource.open(config())) {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(source.connections())
                    .locations("classpath:db/migration")
                    .target("2")
                    .load()
                    .migrate();
            try (var connection = source.connections().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("insert into identity (number, id) values (1, '" + id + "')");
            }
        }

        store.keepCameras(List.of(camera("c", "name", 1)));
        assertThat(store.cameras()).containsExactly(camera("c", "name", 1));
        assertThat(new SqlKeptSegments(database).storeId()).isEqualTo(id);
    }

    @Test
    @DisplayName("a closed store says so")
    void closed() {
        store.cameras();
        close();

        Stream.<ThrowingCallable>of(
                        () -> store.cameras(),
                        () -> store.keepEvents(List.of(event("e", NOON))),
                        () -> store.forgetDetections(NOON, 1))
                .forEach(call -> assertThatThrownBy(call)
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining("closed"));
    }
}
