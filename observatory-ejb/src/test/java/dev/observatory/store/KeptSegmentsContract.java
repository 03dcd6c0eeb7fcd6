package dev.observatory.store;

import static dev.observatory.store.Samples.line;
import static dev.observatory.store.Samples.lines;
import static dev.observatory.store.Samples.place;
import static dev.observatory.store.Samples.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.KeptLine;
import dev.observatory.conversation.KeptSegment;
import dev.observatory.conversation.KeptSegments;
import dev.observatory.conversation.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What followers find in every database alike. */
abstract class KeptSegmentsContract {

    private Database database;
    private ConversationStore store;
    private KeptSegments segments;

    /** An empty database, the same one throughout a test. */
    abstract DatabaseConfig config() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = new Database(config());
        store = new SqlConversationStore(database);
        segments = new SqlKeptSegments(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    @DisplayName("an empty store has no segments")
    void empty() {
        assertThat(segments.newest()).isZero();
        assertThat(segments.after(0)).isEmpty();
        assertThat(segments.segment(1)).isEmpty();
    }

    @Test
    @DisplayName("segments come one behind the other in the order they were kept, each once")
    void inOrder() {
        for (int i = 1; i <= 20; i++) {
            store.keep(turn(place("c", "a", i * 3), lines(i * 3 - 2, i * 3)));
            store.keep(turn(place("d", "b", i), lines(i, i)));
            store.keep(turn(place("d", "b", i), lines(i, i)));
            store.keep(turn(place("d", "b", i), List.of()));
        }

        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            lines(i * 3 - 2, i * 3).forEach(line -> expected.add("c a " + Samples.shown(line)));
            expected.add("d b " + Samples.shown(line(i, "line " + i)));
        }
        assertThat(all()).isEqualTo(expected);
    }

    @Test
    @DisplayName("a segment is found by its number, and the newest is the last")
    void byNumber() {
        store.keep(turn(place("c", "f", 2), lines(1, 2)));
        store.keep(turn(place("c", "f", 3), List.of(line(3, "third"), new KeptLine(4, new byte[0], 99))));
        KeptSegment first = segments.after(0).orElseThrow();
        KeptSegment last = segments.after(first.number()).orElseThrow();

        assertThat(segments.newest()).isEqualTo(last.number());
        assertThat(segments.after(last.number())).isEmpty();
        assertThat(shown(segments.segment(last.number()))).containsExactly("c f 3 [third]", "c f 4 [] skipped 99");
        assertThat(segments.segment(last.number() + 1)).isEmpty();
    }

    @Test
    @DisplayName("a segment comes with the newest place of its file")
    void newestPlace() {
        store.keep(turn(place(null, "f", 1), lines(1, 1)));
        assertThat(segments.after(0).orElseThrow().place()).isEqualTo(place(null, "f", 1));

        store.keep(turn(place("c", "f", 2), lines(2, 2)));
        assertThat(segments.after(0).orElseThrow().place()).isEqualTo(place("c", "f", 2));
    }

    @Test
    @DisplayName("a segment that is gone is passed over, and its number is not given again")
    void gone() {
        store.keep(turn(place("c", "f", 1), lines(1, 1)));
        store.keep(turn(place("c", "f", 2), lines(2, 2)));
        store.keep(turn(place("c", "f", 3), lines(3, 3)));
        long second = segments.after(segments.after(0).orElseThrow().number())
                .orElseThrow()
                .number();
        long third = segments.newest();
        execute("delete from segment where number in (" + second + ", " + third + ")");
        store.keep(turn(place("c", "f", 4), lines(4, 4)));

        assertThat(segments.segment(second)).isEmpty();
        assertThat(segments.newest()).isGreaterThan(third);
        assertThat(all()).containsExactly("c f 1 [line 1]", "c f 4 [line 4]");
    }

    @Test
    @DisplayName("a store keeps its id, and no other has the same")
    void storeId() throws Exception {
        UUID id = segments.storeId();
        assertThat(segments.storeId()).isEqualTo(id);
        close();
        open();
        assertThat(segments.storeId()).isEqualTo(id);

        execute("delete from identity");
        assertThat(segments.storeId()).isNotEqualTo(id);
    }

    @Test
    @DisplayName("a closed store says so")
    void closed() {
        close();

        assertThatThrownBy(() -> segments.after(0)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> segments.storeId()).isInstanceOf(StoreUnavailableException.class);
    }

    private void execute(String sql) {
        database.write(transaction -> transaction.handle().execute(sql));
    }

    private List<String> all() {
        List<String> lines = new ArrayList<>();
        Optional<KeptSegment> next = segments.after(0);
        while (next.isPresent()) {
            lines.addAll(shown(next));
            next = segments.after(next.get().number());
        }
        return lines;
    }

    private static List<String> shown(Optional<KeptSegment> segment) {
        return segment.orElseThrow().lines().stream()
                .map(line -> segment.get().place().conversationId() + " "
                        + segment.get().place().path() + " " + Samples.shown(line))
                .toList();
    }
}
