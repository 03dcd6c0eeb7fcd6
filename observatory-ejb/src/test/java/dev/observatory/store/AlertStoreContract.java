package dev.observatory.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.observatory.alert.AlertStore;
import dev.observatory.alert.AlertStore.Mark;
import dev.observatory.alert.KeptAlert;
import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.message.Alert;
import dev.observatory.message.Alert.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What alerts find in every database alike. */
abstract class AlertStoreContract {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123456Z");

    private Database database;
    private AlertStore store;

    /** An empty database, the same one throughout a test. */
    abstract DatabaseConfig config() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = new Database(config());
        store = new SqlAlertStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void reopen() throws Exception {
        close();
        open();
    }

    /** One that is open. */
    private static KeptAlert raised(String id, Instant at, long version) {
        return new KeptAlert(
                new Alert(id, Severity.ERROR, "database", "title", "v" + version, at, null, null, null),
                "kind",
                false,
                version);
    }

    private static KeptAlert resolved(KeptAlert kept, Instant at) {
        return new KeptAlert(kept.alert().resolved(at), kept.kind(), kept.isOnce(), kept.version() + 1);
    }

    private List<String> idsOfOpen() {
        return store.open().stream().map(kept -> kept.alert().id()).toList();
    }

    private List<String> ids(Mark behind, int atMost) {
        return store.alerts(behind, atMost).stream().map(Alert::id).toList();
    }

    @Test
    @DisplayName("an empty store has nothing, and lets nothing go")
    void empty() {
        assertThat(store.open()).isEmpty();
        assertThat(store.alert("a")).isEmpty();
        assertThat(store.alerts(null, 10)).isEmpty();
        assertThat(store.forget(Instant.MAX, 10)).isZero();
        store.keep(List.of());
    }

    @Test
    @DisplayName("all comes back as it was, after the store was closed and opened too")
    void comesBack() throws Exception {
        List<KeptAlert> kept = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            Alert alert = new Alert("a" + severity, severity, "source", "title", "detail", NOON, null, null, null);
            kept.add(new KeptAlert(alert, "kind", false, 0));
        }
        Instant later = NOON.plusSeconds(1);
        kept.add(new KeptAlert(
                new Alert("done", Severity.INFO, "", "", null, NOON, later.plusSeconds(1), later, "somebody"),
                "",
                true,
                Long.MAX_VALUE));
        store.keep(kept);
        reopen();

        for (KeptAlert one : kept) {
            assertThat(store.alert(one.alert().id())).contains(one);
        }
        assertThat(store.alert("none")).isEmpty();
        assertThat(store.open()).containsExactlyInAnyOrderElementsOf(kept.subList(0, kept.size() - 1));
        assertThat(store.alerts(null, 99))
                .containsExactlyInAnyOrderElementsOf(
                        kept.stream().map(KeptAlert::alert).toList());
    }

    @ParameterizedTest(name = "{displayName} ({index})")
    @DisplayName("any text comes back, also what PostgreSQL cannot hold")
    @ValueSource(
            strings = {
                "",
                " a\tb\r\nc ",
                "ünïcödé 漢字 🚀",
                "\u0000",
                "a\u0000\u0010b\u00100000",
                "half \ud83d",
                "\ude80 half",
                "'; drop table alert; --",
                ":named ?",
                "\\",
                "\ufeff\uffff\u2028"
            })
    void anyText(String text) {
        KeptAlert odd =
                new KeptAlert(new Alert(text, Severity.INFO, text, text, text, NOON, null, NOON, text), text, false, 1);
        store.keep(List.of(odd, raised("before", NOON.minusSeconds(1), 1)));
        assertThat(store.alert(text)).contains(odd);
        assertThat(store.open()).hasSize(2).contains(odd);
        assertThat(ids(null, 1)).containsExactly(text);
        assertThat(ids(new Mark(NOON, text), 9)).containsExactly("before");

        store.keep(List.of(resolved(odd, NOON)));
        assertThat(store.open()).hasSize(1);
        assertThat(store.forget(NOON.plusSeconds(1), 9)).isEqualTo(1);
        assertThat(store.alert(text)).isEmpty();
    }

    @Test
    @DisplayName("a lower version never replaces a higher, an equal one does")
    void versions() {
        KeptAlert five = raised("a", NOON, 5);
        store.keep(List.of(five, raised("b", NOON, 1)));
        store.keep(List.of(raised("a", NOON.minusSeconds(1), 4)));
        assertThat(store.alert("a")).contains(five);

        KeptAlert again = raised("a", NOON.plusSeconds(1), 5);
        store.keep(List.of(again));
        assertThat(store.alert("a")).contains(again);

        KeptAlert nine = resolved(raised("a", NOON, 8), NOON);
        store.keep(List.of(raised("a", NOON, 7), nine, raised("a", NOON, 8)));
        assertThat(store.alert("a")).contains(nine);
        assertThat(idsOfOpen()).containsExactly("b");
    }

    @Test
    @DisplayName("what fails in its middle leaves nothing behind, and what was there stays")
    void allOrNothing() {
        KeptAlert known = raised("b", NOON, 1);
        store.keep(List.of(known));
        KeptAlert impossible = raised("c", null, 1);

        assertThatThrownBy(() -> store.keep(List.of(raised("a", NOON, 1), resolved(known, NOON), impossible)))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(store.alerts(null, 9)).containsExactly(known.alert());
        assertThat(store.open()).containsExactly(known);

        store.keep(List.of(raised("a", NOON, 1), resolved(known, NOON)));
        assertThat(idsOfOpen()).containsExactly("a");
    }

    @Test
    @DisplayName("those that are open come the oldest first, acknowledged or not")
    void oldestFirst() {
        KeptAlert first = raised("z", NOON, 1);
        KeptAlert second = raised("a", NOON.plusSeconds(1), 1);
        KeptAlert third = raised("m", NOON.plusSeconds(2), 1);
        KeptAlert acknowledged = new KeptAlert(second.alert().acknowledged(NOON, "somebody"), "kind", false, 2);
        store.keep(List.of(third, first, second, resolved(raised("b", NOON, 1), NOON.plusSeconds(9))));
        store.keep(List.of(acknowledged));

        assertThat(store.open()).containsExactly(first, acknowledged, third);
    }

    @Test
    @DisplayName(
            "as many as is said of those go that were resolved before a time, however old; those that are open stay")
    void forgets() {
        store.keep(IntStream.range(0, 700)
                .mapToObj(i -> resolved(raised("r" + i, NOON.minusMillis(i), 1), NOON.plusMillis(i)))
                .toList());
        store.keep(List.of(raised("open", NOON.minus(Duration.ofDays(1000)), 1)));

        Instant before = NOON.plusMillis(650);
        assertThat(store.forget(before, 1)).isEqualTo(1);
        assertThat(store.alert("r0")).isEmpty();
        assertThat(store.forget(before, 600)).isEqualTo(600);
        assertThat(store.alert("r600")).isEmpty();
        assertThat(store.alert("r601")).isPresent();
        assertThat(store.forget(before, 600)).isEqualTo(49);
        assertThat(store.forget(before, 600)).isZero();
        assertThat(store.alert("r650")).isPresent();
        assertThat(idsOfOpen()).containsExactly("open");
        assertThat(store.alerts(null, 1000)).hasSize(51);
    }

    @Test
    @DisplayName(
            "150 random turns leave what a naive model has, and pages of any size go through it without hole or repeat")
    void randomTurns() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<String, KeptAlert> model = new TreeMap<>();
        for (int i = 0; i < 150; i++) {
            String when = "seed " + seed + ", turn " + i;
            List<KeptAlert> turn = IntStream.range(0, random.nextInt(8))
                    .mapToObj(any -> randomAlert(random))
                    .toList();
            store.keep(turn);
            turn.forEach(kept -> model.merge(
                    kept.alert().id(), kept, (one, other) -> other.version() >= one.version() ? other : one));
            if (random.nextInt(10) == 0) {
                Instant before = randomTime(random);
                List<String> gone = model.values().stream()
                        .map(KeptAlert::alert)
                        .filter(alert ->
                                alert.resolvedAt() != null && alert.resolvedAt().isBefore(before))
                        .sorted(Comparator.comparing(Alert::resolvedAt).thenComparing(Alert::id))
                        .map(Alert::id)
                        .limit(3)
                        .toList();
                assertThat(store.forget(before, 3)).as(when).isEqualTo(gone.size());
                model.keySet().removeAll(gone);
            }
            if (random.nextInt(20) == 0) {
                reopen();
            }
            Comparator<Alert> oldestFirst =
                    Comparator.comparing(Alert::raisedAt).thenComparing(Alert::id);
            assertThat(store.open())
                    .as(when)
                    .isEqualTo(model.values().stream()
                            .filter(kept -> kept.alert().resolvedAt() == null)
                            .sorted(Comparator.comparing(KeptAlert::alert, oldestFirst))
                            .toList());
            assertThat(inPages(1 + random.nextInt(20), random))
                    .as(when)
                    .isEqualTo(model.values().stream()
                            .map(KeptAlert::alert)
                            .sorted(oldestFirst.reversed())
                            .toList());
        }
    }

    /** By marks as they are given out, or finer than what is kept. */
    private List<Alert> inPages(int size, Random random) {
        List<Alert> all = new ArrayList<>();
        List<Alert> page = store.alerts(null, size);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(size);
            all.addAll(page);
            Alert last = page.get(page.size() - 1);
            page = store.alerts(new Mark(last.raisedAt().plusNanos(random.nextInt(1000)), last.id()), size);
        }
        return all;
    }

    private static KeptAlert randomAlert(Random random) {
        KeptAlert kept = raised("a" + random.nextInt(60), randomTime(random), random.nextInt(30));
        return random.nextBoolean() ? kept : resolved(kept, randomTime(random));
    }

    /** One of few. */
    private static Instant randomTime(Random random) {
        return NOON.plus(random.nextInt(10), ChronoUnit.MICROS);
    }

    @Test
    @DisplayName("a closed store says so")
    void closed() {
        store.open();
        close();

        assertThatThrownBy(() -> store.open())
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> store.keep(List.of(raised("a", NOON, 1))))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("closed");
    }
}
