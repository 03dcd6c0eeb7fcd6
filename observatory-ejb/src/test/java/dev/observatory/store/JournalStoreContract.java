package dev.observatory.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.observatory.journal.JournalStore;
import dev.observatory.journal.JournalStore.Block;
import dev.observatory.journal.JournalStore.KeptDraft;
import dev.observatory.journal.JournalStore.Left;
import dev.observatory.journal.JournalStoreException;
import dev.observatory.journal.JournalTakenException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the journal finds in every database alike. */
abstract class JournalStoreContract {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123456Z");

    private Database database;
    private JournalStore store;

    /** An empty database, the same one throughout a test. */
    abstract DatabaseConfig config() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = new Database(config());
        store = new SqlJournalStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void reopen() throws Exception {
        close();
        open();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static Block block(long first, long last) {
        return new Block(first, last, bytes((int) last));
    }

    private void assertBlock(long pos, Block expected) {
        assertThat(store.blockAt(pos)).get().usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    @DisplayName("an empty store has nothing left, no blocks and no drafts")
    void empty() {
        assertThat(store.open()).isEmpty();
        assertThat(store.blockAt(1)).isEmpty();
        assertThat(store.drafts()).isEmpty();
    }

    @Test
    @DisplayName("what a run left in order is there for the next, once, with its blocks")
    void inOrder() throws Exception {
        store.open();
        store.begin("first");
        store.write(block(1, 5));
        store.close(bytes(3_000_000));

        reopen();
        Left left = store.open().orElseThrow();
        assertThat(left.epoch()).isEqualTo("first");
        assertThat(left.image()).isEqualTo(bytes(3_000_000));
        assertBlock(1, block(1, 5));
        store.write(block(6, 7));

        // killed
        reopen();
        assertThat(store.open()).isEmpty();
    }

    @Test
    @DisplayName("a run that was killed leaves nothing, at whatever moment")
    void killed() throws Exception {
        store.open();
        reopen();
        assertThat(store.open()).isEmpty();
        store.begin("epoch");
        reopen();
        assertThat(store.open()).isEmpty();
        store.begin("epoch");
        store.close(bytes(1));
        reopen();
        assertThat(store.open()).isPresent();
        reopen();
        assertThat(store.open()).isEmpty();
    }

    @Test
    @DisplayName("blocks are found by any pos in them, and what is written again replaces what was there")
    void blocks() {
        store.open();
        store.begin("epoch");
        store.write(block(1, 5));
        store.write(block(6, 7));
        store.write(block(10, 20));

        assertBlock(1, block(1, 5));
        assertBlock(5, block(1, 5));
        assertBlock(6, block(6, 7));
        assertBlock(8, block(10, 20));
        assertThat(store.blockAt(21)).isEmpty();

        store.write(block(10, 25));
        assertBlock(15, block(10, 25));
        assertBlock(21, block(10, 25));

        store.drop(7);
        assertBlock(1, block(10, 25));
        store.begin("other");
        assertThat(store.blockAt(1)).isEmpty();
    }

    @Test
    @DisplayName("whoever opens it has it, and the one before can neither write nor read any more")
    void taken() {
        store.open();
        store.begin("first");
        store.write(block(1, 5));
        JournalStore other = new SqlJournalStore(database);
        assertThat(other.open()).isEmpty();

        assertThatExceptionOfType(JournalTakenException.class).isThrownBy(() -> store.write(block(6, 7)));
        assertThatExceptionOfType(JournalTakenException.class).isThrownBy(() -> store.begin("epoch"));
        assertThatExceptionOfType(JournalTakenException.class).isThrownBy(() -> store.drop(5));
        assertThatExceptionOfType(JournalTakenException.class).isThrownBy(() -> store.close(bytes(1)));
        assertThat(store.blockAt(1)).isEmpty();
        assertThat(other.blockAt(1)).isPresent();
    }

    @Test
    @DisplayName("drafts come in the order of their times, each once, until they are forgotten; epochs do not matter")
    void drafts() throws Exception {
        KeptDraft second = new KeptDraft("b\0\ud83d", NOON.plusSeconds(1), NOON.plusSeconds(60), bytes(100));
        KeptDraft first = new KeptDraft("c", NOON, NOON.plusSeconds(50), bytes(200));
        KeptDraft third = new KeptDraft("a", NOON.plusSeconds(2), Instant.parse("9999-12-31T23:59:59.999Z"), bytes(0));
        store.open();
        List.of(second, first, third, second).forEach(store::keep);
        store.begin("other");
        reopen();
        store.open();

        assertDrafts(first, second, third);
        store.forget(NOON.plusSeconds(50).minusNanos(1000), List.of());
        assertDrafts(first, second, third);
        store.forget(NOON.plusSeconds(50), List.of());
        assertDrafts(second, third);
        store.forget(NOON, List.of(second.id(), "unknown"));
        assertDrafts(third);
    }

    private void assertDrafts(KeptDraft... expected) {
        assertThat(store.drafts()).usingRecursiveFieldByFieldElementComparator().containsExactly(expected);
    }

    @Test
    @DisplayName("a database that is closed is told as such")
    void isClosed() {
        database.close();

        assertThatExceptionOfType(JournalStoreException.class)
                .isThrownBy(store::open)
                .withMessageContaining("is closed");
    }
}
