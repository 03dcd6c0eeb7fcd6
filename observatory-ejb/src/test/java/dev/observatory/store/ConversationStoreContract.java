package dev.observatory.store;

import static dev.observatory.store.Samples.conversation;
import static dev.observatory.store.Samples.line;
import static dev.observatory.store.Samples.lines;
import static dev.observatory.store.Samples.place;
import static dev.observatory.store.Samples.project;
import static dev.observatory.store.Samples.states;
import static dev.observatory.store.Samples.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.ConversationStore.PlacedLine;
import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.KeptLine;
import dev.observatory.conversation.LineMark;
import dev.observatory.conversation.LineOrder;
import dev.observatory.conversation.ReadTurn;
import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.conversation.Usage;
import dev.observatory.conversation.UsageQuery;
import dev.observatory.conversation.UsageQuery.Dimension;
import dev.observatory.conversation.UsageTotal;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import dev.observatory.message.Tokens;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every database has to do alike. */
abstract class ConversationStoreContract {

    private Database database;
    private ConversationStore store;

    /** An empty database, the same one throughout a test. */
    abstract DatabaseConfig config() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = new Database(config());
        store = new SqlConversationStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void reopen() throws Exception {
        close();
        open();
    }

    @Test
    @DisplayName("an empty store has nothing")
    void empty() {
        assertThat(store.places()).isEmpty();
        assertThat(store.conversations()).isEmpty();
        assertThat(store.projects()).isEmpty();
        assertThat(linesOf("c")).isEmpty();
        assertThat(lastLinesOf("c", 10)).isEmpty();
    }

    @Test
    @DisplayName("F3 states come back as they were, after the store was closed and opened too")
    void statesComeBack() throws Exception {
        List<ConversationUpdate> conversations = List.of(conversation("a", "title", 7), Samples.emptyConversation("b"));
        List<ProjectUpdate> projects = List.of(project("p", "name", 8), Samples.emptyProject("q"));
        store.keep(states(conversations, projects));
        reopen();

        assertThat(store.conversations()).isEqualTo(conversations);
        assertThat(store.projects()).isEqualTo(projects);
    }

    @Test
    @DisplayName("places come back as they were, to the nanosecond")
    void placesComeBack() throws Exception {
        FilePlace full = new FilePlace(
                "/r",
                "p/a",
                "c",
                "key",
                1,
                Instant.parse("2025-01-01T00:00:00.123456789Z"),
                2,
                3,
                Long.MIN_VALUE,
                4,
                5);
        FilePlace bare = new FilePlace("/r", "p/b", null, null, 0, null, 0, 0, 0, 0, 0);
        store.keep(turn(bare, List.of()));
        store.keep(turn(full, List.of()));
        reopen();

        assertThat(store.places()).containsExactly(full, bare);
    }

    @Test
    @DisplayName("the place kept last counts, also one further in front")
    void lastPlaceCounts() {
        store.keep(turn(place("c", "f", 10), List.of()));
        store.keep(turn(place("d", "f", 2), List.of()));

        assertThat(store.places()).containsExactly(place("d", "f", 2));
    }

    @Test
    @DisplayName("records of a conversation are not kept")
    void noRecords() {
        store.keep(states(List.of(conversation("c", "t", 1)), List.of()));

        assertThat(store.conversations().get(0).records()).isEmpty();
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
                "'; drop table segment; --",
                ":named ?",
                "\\",
                "\ufeff\uffff\u2028"
            })
    void anyText(String text) {
        ConversationUpdate conversation = conversation("c", text, 1);
        ProjectUpdate project = project("p" + text, text, 1);
        FilePlace place = place("c" + text, text, 1);
        store.keep(new ReadTurn(
                place,
                List.of(line(1, text)),
                List.of(conversation),
                List.of(project),
                List.of("none" + text),
                Map.of()));

        assertThat(store.conversations()).containsExactly(conversation);
        assertThat(store.projects()).containsExactly(project);
        assertThat(store.places()).containsExactly(place);
        assertThat(linesOf("c" + text)).containsExactly(text + "/" + Samples.shown(line(1, text)));
    }

    @ParameterizedTest
    @DisplayName("a cost keeps its decimals")
    @ValueSource(strings = {"0", "0.00", "1.50", "-3.2", "0.00000000000000000001", "123456789012345678901234567.8"})
    void costs(String cost) {
        ConversationUpdate conversation = withCost(new BigDecimal(cost));
        store.keep(states(List.of(conversation), List.of()));

        assertThat(store.conversations()).containsExactly(conversation);
    }

    @Test
    @DisplayName("a cost of more decimals is rounded")
    void longCosts() {
        store.keep(states(List.of(withCost(new BigDecimal("0.000000000000000000019"))), List.of()));

        assertThat(store.conversations().get(0).costUsd()).isEqualTo(new BigDecimal("0.00000000000000000002"));
    }

    private static ConversationUpdate withCost(BigDecimal cost) {
        ConversationUpdate some = Samples.emptyConversation("c");
        return new ConversationUpdate(
                some.id(),
                null,
                null,
                null,
                some.state(),
                0,
                0,
                0,
                Tokens.NONE,
                cost,
                null,
                null,
                null,
                null,
                null,
                null,
                some.change(),
                1,
                List.of());
    }

    @Test
    @DisplayName("times are cut to microseconds and to years with four digits")
    void times() {
        store.keep(states(
                List.of(withTimes(Instant.MIN, Instant.MAX)),
                List.of(new ProjectUpdate(
                        "p",
                        null,
                        null,
                        false,
                        0,
                        0,
                        0,
                        Tokens.NONE,
                        null,
                        Instant.parse("1970-01-01T00:00:00.000000999Z"),
                        Instant.parse("1582-10-10T00:00:00Z"),
                        Instant.parse("1969-12-31T23:59:59.999999999Z"),
                        1))));

        ConversationUpdate conversation = store.conversations().get(0);
        assertThat(conversation.createdAt()).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(conversation.updatedAt()).isEqualTo("9999-12-31T23:59:59.999999Z");
        ProjectUpdate project = store.projects().get(0);
        assertThat(project.lastActivity()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(project.createdAt()).isEqualTo("1582-10-10T00:00:00Z");
        assertThat(project.updatedAt()).isEqualTo("1969-12-31T23:59:59.999999Z");
    }

    private static ConversationUpdate withTimes(Instant createdAt, Instant updatedAt) {
        ConversationUpdate some = Samples.emptyConversation("c");
        return new ConversationUpdate(
                some.id(),
                null,
                null,
                null,
                some.state(),
                0,
                0,
                0,
                Tokens.NONE,
                null,
                null,
                null,
                null,
                null,
                createdAt,
                updatedAt,
                some.change(),
                1,
                List.of());
    }

    @Test
    @DisplayName("a lower version never replaces a higher, an equal one does")
    void versions() {
        store.keep(states(List.of(conversation("c", "five", 5)), List.of(project("p", "five", 5))));
        store.keep(states(List.of(conversation("c", "four", 4)), List.of(project("p", "four", 4))));
        assertThat(store.conversations()).containsExactly(conversation("c", "five", 5));
        assertThat(store.projects()).containsExactly(project("p", "five", 5));

        store.keep(states(List.of(conversation("c", "new", 5)), List.of(project("p", "new", 5))));
        assertThat(store.conversations()).containsExactly(conversation("c", "new", 5));
        assertThat(store.projects()).containsExactly(project("p", "new", 5));
    }

    @Test
    @DisplayName("of several states of one thing in one turn the highest version stays")
    void severalStates() {
        store.keep(states(
                List.of(conversation("c", "1", 1), conversation("c", "3", 3), conversation("c", "2", 2)), List.of()));

        assertThat(store.conversations()).containsExactly(conversation("c", "3", 3));
    }

    @Test
    @DisplayName("a removed project is gone, also one of the same turn")
    void removedProjects() {
        store.keep(states(List.of(), List.of(project("p", "p", 5), project("q", "q", 5))));
        store.keep(new ReadTurn(
                null, List.of(), List.of(), List.of(project("r", "r", 1)), List.of("p", "r", "never"), Map.of()));

        assertThat(store.projects()).containsExactly(project("q", "q", 5));
    }

    @Test
    @DisplayName("states are sorted by id, places by root and path, in any database's locale")
    void sorted() {
        store.keep(states(
                List.of(conversation("b", "", 1), conversation("A", "", 1), conversation("a", "", 1)),
                List.of(project("_", "", 1), project("Z", "", 1), project("a", "", 1))));
        for (String path : List.of("b", "B", "a-a", "ab")) {
            store.keep(turn(place("c", path, 1), List.of()));
        }

        assertThat(store.conversations()).extracting(ConversationUpdate::id).containsExactly("A", "a", "b");
        assertThat(store.projects()).extracting(ProjectUpdate::id).containsExactly("Z", "_", "a");
        assertThat(store.places()).extracting(FilePlace::path).containsExactly("B", "a-a", "ab", "b");
        assertThat(store.files("c")).isEqualTo(store.places());
        assertThat(store.files("other")).isEmpty();
    }

    @Test
    @DisplayName("lines come over all files in the order they were kept")
    void linesInOrder() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            store.keep(turn(place("c", "b", i * 10 + 10), lines(i * 10 + 1, i * 10 + 10)));
            store.keep(turn(place("c", "a", i + 1), lines(i + 1, i + 1)));
            store.keep(turn(place("other", "c", i + 1), lines(i + 1, i + 1)));
            lines(i * 10 + 1, i * 10 + 10).forEach(line -> expected.add("b/" + Samples.shown(line)));
            expected.add("a/" + Samples.shown(line(i + 1, "line " + (i + 1))));
        }

        assertThat(linesOf("c")).isEqualTo(expected);
    }

    @Test
    @DisplayName("the files of a conversation are its own, by root and path")
    void files() {
        for (String path : List.of("b", "B", "a-a")) {
            store.keep(turn(place("c", path, 1), List.of()));
        }
        store.keep(turn(place("other", "c", 1), List.of()));
        store.keep(turn(place(null, "d", 1), List.of()));

        assertThat(store.files("c")).extracting(FilePlace::path).containsExactly("B", "a-a", "b");
        assertThat(store.files("none")).isEmpty();
    }

    @Test
    @DisplayName("the lines of some files leave out those of others, and of none there are none")
    void linesOfFiles() {
        store.keep(turn(place("c", "a", 1), lines(1, 1)));
        store.keep(turn(place("c", "b", 2), lines(1, 2)));
        store.keep(turn(place("c", "d", 1), lines(1, 1)));
        store.keep(turn(place("c", "a", 2), lines(2, 2)));

        List<FilePlace> some = List.of(place("c", "d", 1), place("c", "a", 2));
        assertThat(read(some, LineOrder.OLDEST_FIRST, null, 9))
                .extracting(ConversationStoreContract::shown)
                .containsExactly("a/1 [line 1]", "d/1 [line 1]", "a/2 [line 2]");
        assertThat(read(List.of(), LineOrder.OLDEST_FIRST, null, 9)).isEmpty();
    }

    @ParameterizedTest
    @DisplayName(
            "pages of any size go through all lines from either end, over more segments than are looked up at once")
    @EnumSource
    void pages(LineOrder order) {
        for (int i = 0; i < 350; i++) {
            store.keep(turn(place("c", "a", i + 1), lines(i + 1, i + 1)));
            store.keep(turn(place("c", "b", i * 3 + 3), lines(i * 3 + 1, i * 3 + 3)));
        }
        List<PlacedLine> all = read(store.files("c"), order, null, Integer.MAX_VALUE);
        assertThat(all).hasSize(350 * 4);
        assertThat(all)
                .isSortedAccordingTo(
                        order == LineOrder.OLDEST_FIRST
                                ? Comparator.comparing(PlacedLine::mark)
                                : Comparator.comparing(PlacedLine::mark).reversed());

        for (int size : List.of(1, 3, 1000)) {
            List<String> seen = new ArrayList<>();
            LineMark mark = null;
            for (List<PlacedLine> page = read(store.files("c"), order, null, size);
                    !page.isEmpty();
                    page = read(store.files("c"), order, mark, size)) {
                page.forEach(line -> seen.add(shown(line)));
                mark = page.get(page.size() - 1).mark();
            }
            assertThat(seen)
                    .isEqualTo(
                            all.stream().map(ConversationStoreContract::shown).toList());
        }
    }

    @Test
    @DisplayName("behind the mark of the newest line comes what is kept later")
    void behindTheNewest() {
        store.keep(turn(place("c", "a", 2), lines(1, 2)));
        LineMark newest = store.lastLines("c", 1).get(0).mark();
        assertThat(read(store.files("c"), LineOrder.OLDEST_FIRST, newest, 9)).isEmpty();

        store.keep(turn(place("c", "b", 1), lines(1, 1)));
        store.keep(turn(place("c", "a", 3), lines(3, 3)));
        assertThat(read(store.files("c"), LineOrder.OLDEST_FIRST, newest, 9))
                .extracting(ConversationStoreContract::shown)
                .containsExactly("b/1 [line 1]", "a/3 [line 3]");
    }

    @Test
    @DisplayName("marks that were never given out are places in the order like others")
    void anyMark() {
        store.keep(turn(place("c", "a", 2), lines(1, 2)));

        for (LineMark before : List.of(new LineMark(Long.MIN_VALUE, Integer.MIN_VALUE), new LineMark(-1, 7))) {
            assertThat(read(store.files("c"), LineOrder.OLDEST_FIRST, before, 9))
                    .hasSize(2);
            assertThat(read(store.files("c"), LineOrder.NEWEST_FIRST, before, 9))
                    .isEmpty();
        }
        LineMark end = new LineMark(Long.MAX_VALUE, Integer.MAX_VALUE);
        assertThat(read(store.files("c"), LineOrder.OLDEST_FIRST, end, 9)).isEmpty();
        assertThat(read(store.files("c"), LineOrder.NEWEST_FIRST, end, 9)).hasSize(2);
    }

    @Test
    @DisplayName("lines come with the newest place of their file")
    void newestPlace() {
        store.keep(turn(place("c", "f", 1), lines(1, 1)));
        store.keep(turn(place("c", "f", 2), lines(2, 2)));

        store.lines("c", (place, line) -> assertThat(place).isEqualTo(place("c", "f", 2)));
        assertThat(store.lastLines("c", 9))
                .allSatisfy(line -> assertThat(line.place()).isEqualTo(place("c", "f", 2)));
    }

    @Test
    @DisplayName("lines of a file whose conversation becomes known later belong to it")
    void lateOwner() {
        store.keep(turn(place(null, "f", 1), lines(1, 1)));
        store.keep(turn(place("c", "f", 2), lines(2, 2)));

        assertThat(linesOf("c")).hasSize(2);
    }

    @Test
    @DisplayName("the last lines are those kept last, over files and the borders of segments")
    void lastLines() {
        store.keep(turn(place("c", "a", 3), lines(1, 3)));
        store.keep(turn(place("c", "b", 2), lines(1, 2)));
        store.keep(turn(place("x", "x", 2), lines(1, 2)));
        store.keep(turn(place("c", "a", 5), lines(4, 5)));
        List<String> all = List.of("a/1", "a/2", "a/3", "b/1", "b/2", "a/4", "a/5");

        for (int atMost = 0; atMost <= all.size() + 2; atMost++) {
            assertThat(store.lastLines("c", atMost))
                    .extracting(line -> line.place().path() + "/" + line.line().position())
                    .isEqualTo(all.subList(Math.max(0, all.size() - atMost), all.size()));
        }
    }

    @Test
    @DisplayName("gaps, skipped lines and bytes that are no text come back")
    void oddLines() {
        List<KeptLine> odd = List.of(
                new KeptLine(3, new byte[0], 0),
                new KeptLine(900, new byte[0], 1L << 40),
                new KeptLine(901, new byte[] {(byte) 0xff, 0, '\n', (byte) 0xc3}, 0),
                new KeptLine(1L << 50, new byte[] {1}, 0));
        store.keep(turn(place("c", "f", 1L << 50), odd));

        assertThat(linesOf("c"))
                .isEqualTo(odd.stream().map(line -> "f/" + Samples.shown(line)).toList());
    }

    @Test
    @DisplayName("a line of 20 MB is kept, and so are its neighbours")
    void longLine() {
        byte[] text = new byte[20_000_000];
        new Random(1).nextBytes(text);
        List<KeptLine> turn = List.of(line(1, "before"), new KeptLine(2, text, 0), line(3, "after"));
        store.keep(turn(place("c", "f", 3), turn));

        assertThat(linesOf("c"))
                .isEqualTo(turn.stream().map(line -> "f/" + Samples.shown(line)).toList());
        assertThat(lastLinesOf("c", 2)).isEqualTo(linesOf("c").subList(1, 3));
    }

    @Test
    @DisplayName("a turn without lines moves the place, one without anything does nothing")
    void emptyTurns() {
        store.keep(turn(place("c", "f", 1), List.of()));
        store.keep(turn(null, List.of()));

        assertThat(store.places()).containsExactly(place("c", "f", 1));
        assertThat(linesOf("c")).isEmpty();
    }

    @Test
    @DisplayName("lines without a place are refused")
    void linesNeedAPlace() {
        assertThatThrownBy(() -> store.keep(turn(null, lines(1, 1)))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("the same turn again changes nothing, also when it has grown by then")
    void sameTurnAgain() {
        store.keep(turn(place("c", "f", 5), lines(1, 5)));
        store.keep(turn(place("c", "f", 9), lines(6, 9)));
        store.keep(turn(place("c", "f", 9), lines(6, 9)));
        store.keep(turn(place("c", "f", 12), lines(6, 12)));
        store.keep(turn(place("c", "f", 12), lines(1, 12)));

        assertThat(linesOf("c"))
                .isEqualTo(lines(1, 12).stream()
                        .map(line -> "f/" + Samples.shown(line))
                        .toList());
    }

    @Test
    @DisplayName("lines of a replaced file come behind the old ones, which stay")
    void replacedFile() {
        store.keep(turn(place("c", "f", 3), lines(1, 3)));
        List<KeptLine> again = List.of(line(4, "last"), line(1, "new 1"), line(2, "line 2"), line(3, "new 3"));
        store.keep(turn(place("c", "f", 3), again));
        store.keep(turn(place("c", "f", 3), again));

        assertThat(linesOf("c"))
                .containsExactly(
                        "f/1 [line 1]", "f/2 [line 2]", "f/3 [line 3]", "f/4 [last]", "f/1 [new 1]", "f/3 [new 3]");
    }

    @Test
    @DisplayName("a turn that fails in its middle leaves nothing behind, and can be kept later")
    void atomic() {
        ReadTurn turn = new ReadTurn(
                place("c", "f", 2),
                lines(1, 2),
                List.of(conversation("c", "t", 1)),
                List.of(project("p", "p", 1)),
                List.of(),
                Map.of());
        store.places();
        execute("alter table project rename to elsewhere");
        assertThatThrownBy(() -> store.keep(turn)).isInstanceOf(StoreUnavailableException.class);
        assertThat(store.places()).isEmpty();
        assertThat(store.conversations()).isEmpty();
        assertThat(count("segment")).isZero();

        execute("alter table elsewhere rename to project");
        store.keep(turn);
        assertThat(store.places()).hasSize(1);
        assertThat(store.projects()).hasSize(1);
        assertThat(linesOf("c")).hasSize(2);
    }

    @Test
    @DisplayName("readers see whole turns while one thread writes")
    void concurrentReaders() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(3);
        AtomicInteger kept = new AtomicInteger();
        Callable<Integer> reading = () -> {
            int reads = 0;
            while (kept.get() < 100) {
                int before = kept.get();
                List<String> lines = linesOf("c");
                assertThat(lines).hasSizeGreaterThanOrEqualTo(before * 3).doesNotHaveDuplicates();
                assertThat(lines.size() % 3).isZero();
                assertThat(store.lastLines("c", 1)).hasSizeLessThanOrEqualTo(1);
                store.conversations().forEach(c -> assertThat(c.title()).isEqualTo("v" + c.version()));
                reads++;
            }
            return reads;
        };
        try {
            List<Future<Integer>> all =
                    List.of(readers.submit(reading), readers.submit(reading), readers.submit(reading));
            for (int i = 1; i <= 100; i++) {
                ReadTurn turn = new ReadTurn(
                        place("c", "f", i * 3),
                        lines(i * 3 - 2, i * 3),
                        List.of(conversation("c", "v" + i, i)),
                        List.of(),
                        List.of(),
                        Map.of());
                store.keep(turn);
                kept.set(i);
            }
            for (Future<Integer> reader : all) {
                assertThat(reader.get()).isPositive();
            }
        } finally {
            kept.set(100);
            readers.shutdownNow();
        }
    }

    @Test
    @DisplayName("a closed store says so")
    void closed() {
        store.places();
        close();

        assertThatThrownBy(() -> store.places())
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("closed");
    }

    @Test
    @DisplayName("a forgotten conversation leaves nothing, others stay, and its project's new state is kept")
    void forgets() throws Exception {
        for (String path : List.of("a", "b")) {
            store.keep(new ReadTurn(
                    place("gone", path, 2),
                    lines(1, 2),
                    List.of(conversation("gone", "t", 5)),
                    List.of(project("p", "before", 1)),
                    List.of(),
                    Map.of("gone", USED)));
        }
        store.keep(new ReadTurn(
                place("stays", "c", 2),
                lines(1, 2),
                List.of(conversation("stays", "t", 1)),
                List.of(),
                List.of(),
                Map.of("stays", USED)));
        List<UsageTotal> both = store.usage(new UsageQuery(Set.of(), null, null, null));

        for (int i = 0; i < 2; i++) { // the answer to the first may be lost
            store.forget(List.of("gone", "never"), List.of(project("p", "after", 2)));
            assertThat(store.conversations()).extracting(ConversationUpdate::id).containsExactly("stays");
            assertThat(store.projects()).containsExactly(project("p", "after", 2));
            assertThat(store.places()).extracting(FilePlace::path).containsExactly("c");
            assertThat(linesOf("gone")).isEmpty();
            assertThat(linesOf("stays")).hasSize(2);
        }
        assertThat(both).extracting(UsageTotal::conversations).containsExactly(2L);
        assertThat(store.usage(new UsageQuery(Set.of(), null, null, null)))
                .extracting(UsageTotal::conversations)
                .containsExactly(1L);
        assertThat(segments()).isEqualTo(3);
        purge();
        assertThat(segments()).isEqualTo(1);

        store.keep(new ReadTurn(
                place("gone", "a", 1),
                lines(1, 1),
                List.of(conversation("gone", "new", 1)),
                List.of(),
                List.of(),
                Map.of()));
        assertThat(linesOf("gone")).hasSize(1);
        assertThat(store.conversations()).contains(conversation("gone", "new", 1));
        store.forget(List.of(), List.of());
        assertThat(store.conversations()).hasSize(2);
    }

    @Test
    @DisplayName("totals can be limited to projects, none or any number, and leave out what belongs to no project")
    void usageOfProjects() {
        String odd = "p\u0000\u0010'%";
        store.keep(new ReadTurn(
                null,
                List.of(),
                List.of(inProject("a", "p1"), inProject("b", "p2"), inProject("c", odd), inProject("d", null)),
                List.of(),
                List.of(),
                Map.of("a", USED, "b", USED, "c", USED, "d", USED, "unknown", USED)));
        Set<String> many = IntStream.range(10, 60_000).mapToObj(i -> "p" + i).collect(Collectors.toSet());

        assertThat(conversationsIn(null)).isEqualTo(5);
        assertThat(conversationsIn(Set.of())).isZero();
        assertThat(conversationsIn(Set.of("p"))).isZero();
        assertThat(conversationsIn(Set.of("p1"))).isEqualTo(1);
        assertThat(conversationsIn(Set.of("p1", "p2", "p3"))).isEqualTo(2);
        assertThat(conversationsIn(Set.of(odd))).isEqualTo(1);
        assertThat(conversationsIn(many)).isZero();
        many.add("p2");
        assertThat(conversationsIn(many)).isEqualTo(1);
        assertThat(store.usage(new UsageQuery(Set.of(Dimension.PROJECT), Set.of(odd, "p3"), null, null)))
                .extracting(UsageTotal::projectId)
                .containsExactly(odd);
        assertThat(store.usage(new UsageQuery(Set.of(Dimension.PROJECT), Set.of(), null, null)))
                .isEmpty();
    }

    private long conversationsIn(Set<String> projects) {
        return store.usage(new UsageQuery(Set.of(), projects, null, null))
                .get(0)
                .conversations();
    }

    private static ConversationUpdate inProject(String id, String project) {
        ConversationUpdate some = Samples.emptyConversation(id);
        return new ConversationUpdate(
                id,
                project,
                null,
                null,
                some.state(),
                0,
                0,
                0,
                Tokens.NONE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                some.change(),
                1,
                List.of());
    }

    private static final List<Usage> USED = List.of(new Usage(null, "m", null, null, new Tokens(1, 2, 3, 4), null));

    private void purge() {
        while (store.purge()) {
            // on
        }
    }

    @Test
    @DisplayName(
            "the lines of a forgotten conversation are deleted in pieces, and none is left when it comes back before")
    void purges() throws Exception {
        String megabyte = "x".repeat(1 << 20);
        for (int i = 1; i <= 9; i++) {
            store.keep(turn(place("c", "f", i), List.of(line(i, megabyte))));
            store.keep(turn(place("d", "g", i), List.of(line(i, megabyte))));
        }
        store.forget(List.of("c"), List.of());
        assertThat(store.purge()).isTrue();
        assertThat(segments()).isEqualTo(18 - 2);
        reopen();
        assertThat(store.purge()).isTrue();
        assertThat(segments()).isEqualTo(18 - 4);

        store.keep(turn(place("c", "f", 1), List.of(line(1, "anew"))));
        assertThat(linesOf("c")).containsExactly("f/" + Samples.shown(line(1, "anew")));
        purge();
        assertThat(segments()).isEqualTo(1 + 9);
        store.keep(turn(place("c", "f", 2), List.of(line(2, "on"))));
        assertThat(linesOf("c")).hasSize(2);
        assertThat(linesOf("d")).hasSize(9);
    }

    private int segments() {
        return database.read(handle -> handle.createQuery("select count(*) from segment")
                .mapTo(Integer.class)
                .one());
    }

    @Test
    @DisplayName("200 random turns leave what a naive model has, whenever the store is opened again")
    void randomTurns() throws Exception {
        long seed = new Random().nextLong();
        RandomTurns turns = new RandomTurns(seed);
        NaiveStore model = new NaiveStore();
        ReadTurn last = turns.next();
        for (int i = 0; i < 200; i++) {
            ReadTurn turn = turns.random().nextInt(8) == 0 ? last : turns.next();
            last = turn;
            store.keep(turn);
            model.keep(turn);
            if (turns.random().nextInt(25) == 0) {
                List<String> gone = turns.someConversations();
                store.forget(gone, turn.projects());
                model.forget(gone, turn.projects());
                for (int pieces = turns.random().nextInt(4); pieces > 0; pieces--) {
                    store.purge();
                }
            }
            if (turns.random().nextInt(20) == 0) {
                reopen();
            }
            if (i % 10 == 9) {
                assertSame(model, turns, "seed " + seed + ", turn " + i);
            }
        }
    }

    private void assertSame(NaiveStore model, RandomTurns turns, String when) {
        assertThat(store.places()).as(when).isEqualTo(model.places());
        assertThat(store.conversations()).as(when).isEqualTo(model.conversations());
        assertThat(store.projects()).as(when).isEqualTo(model.projects());
        int atMost = turns.random().nextInt(40);
        LineOrder order = LineOrder.values()[turns.random().nextInt(2)];
        for (Set<Dimension> by : List.of(
                Set.<Dimension>of(),
                Set.of(Dimension.PROJECT),
                Set.of(Dimension.DAY, Dimension.MODEL),
                EnumSet.allOf(Dimension.class))) {
            for (Set<String> projects : Arrays.asList(
                    null, Set.<String>of(), Set.of("project"), Set.of("none", "project"), Set.of("none"))) {
                LocalDate day = LocalDate.of(2026, 1, 1 + turns.random().nextInt(4));
                for (UsageQuery query : List.of(
                        new UsageQuery(by, projects, null, null),
                        new UsageQuery(by, projects, day, null),
                        new UsageQuery(by, projects, null, day),
                        new UsageQuery(by, projects, day, day.plusDays(1)))) {
                    assertThat(store.usage(query)).as(when).containsExactlyInAnyOrderElementsOf(model.usage(query));
                }
            }
        }
        for (String id : RandomTurns.CONVERSATIONS) {
            assertThat(linesOf(store, id)).as(when).isEqualTo(linesOf(model, id));
            assertThat(lastLinesOf(store, id, atMost)).as(when).isEqualTo(lastLinesOf(model, id, atMost));
            assertThat(pageOf(store, id, order, atMost)).as(when).isEqualTo(pageOf(model, id, order, atMost));
        }
    }

    final ConversationStore store() {
        return store;
    }

    final void execute(String sql) {
        database.write(transaction -> transaction.handle().execute(sql));
    }

    private long count(String table) {
        return database.read(handle -> handle.createQuery("select count(*) from " + table)
                .mapTo(Long.class)
                .one());
    }

    private List<String> linesOf(String conversationId) {
        return linesOf(store, conversationId);
    }

    private static List<String> linesOf(ConversationStore store, String conversationId) {
        List<String> lines = new ArrayList<>();
        store.lines(conversationId, (place, line) -> lines.add(place.path() + "/" + Samples.shown(line)));
        return lines;
    }

    private List<String> lastLinesOf(String conversationId, int atMost) {
        return lastLinesOf(store, conversationId, atMost);
    }

    private static List<String> lastLinesOf(ConversationStore store, String conversationId, int atMost) {
        return store.lastLines(conversationId, atMost).stream()
                .map(ConversationStoreContract::shown)
                .toList();
    }

    /** What follows the line at which the first page ends. */
    private static List<String> pageOf(ConversationStore store, String conversationId, LineOrder order, int size) {
        List<PlacedLine> first = read(store, store.files(conversationId), order, null, size + 1);
        LineMark mark = first.isEmpty() ? null : first.get(first.size() - 1).mark();
        return read(store, store.files(conversationId), order, mark, size + 1).stream()
                .map(ConversationStoreContract::shown)
                .toList();
    }

    private List<PlacedLine> read(List<FilePlace> files, LineOrder order, LineMark behind, int atMost) {
        return read(store, files, order, behind, atMost);
    }

    private static List<PlacedLine> read(
            ConversationStore store, List<FilePlace> files, LineOrder order, LineMark behind, int atMost) {
        List<PlacedLine> page = new ArrayList<>();
        store.lines(files, order, behind, line -> {
            page.add(line);
            return page.size() < atMost;
        });
        return page;
    }

    private static String shown(PlacedLine line) {
        return line.place().path() + "/" + Samples.shown(line.line());
    }
}
