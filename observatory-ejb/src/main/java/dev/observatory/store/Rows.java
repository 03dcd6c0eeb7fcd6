package dev.observatory.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The rows of a table, by one connection. Confined to the thread that holds it. */
record Rows<T>(Handle handle, Table<T> table) {

    /** So many keys are looked up by one statement; of parameters it may have 32,767. */
    private static final int KEYS_AT_ONCE = 500;

    /** In no order: two databases would sort by two collations. */
    List<T> all() {
        return handle.createQuery("select " + table.columnNames() + " from " + table.name())
                .map(table.mapper())
                .list();
    }

    Optional<T> find(String key) {
        return handle.createQuery(
                        "select " + table.columnNames() + " from " + table.name() + " where " + table.key() + " = :key")
                .bind("key", StoredText.of(key))
                .map(table.mapper())
                .findOne();
    }

    /** Those of the keys that there are. */
    Set<String> known(Collection<String> keys) {
        Set<String> known = new HashSet<>();
        inPieces(
                keys.stream().distinct().map(StoredText::of).toList(),
                piece -> handle.createQuery("select " + table.key() + " from " + table.name() + whereKeyIsInPiece())
                        .bindList("piece", piece)
                        .mapTo(String.class)
                        .forEach(key -> known.add(StoredText.read(key))));
        return known;
    }

    /**
     * Deletes those rows with a time before another, the oldest first. They are looked up by that time's index, and then
     * deleted by their keys.
     *
     * @return how many there were
     */
    int deleteOldest(String timeColumn, Instant before, int atMost) {
        List<String> keys = handle.createQuery("select " + table.key() + " from " + table.name()
                        + " where " + timeColumn + " < :before order by " + timeColumn + ", " + table.key()
                        + " fetch first :most rows only")
                .bind("before", StoredTime.of(before))
                .bind("most", atMost)
                .mapTo(String.class)
                .list();
        List<Integer> deleted = new ArrayList<>();
        inPieces(
                keys,
                piece -> deleted.add(handle.createUpdate("delete from " + table.name() + whereKeyIsInPiece())
                        .bindList("piece", piece)
                        .execute()));
        return deleted.stream().mapToInt(Integer::intValue).sum();
    }

    private String whereKeyIsInPiece() {
        return " where " + table.key() + " in (<piece>)";
    }

    private static void inPieces(List<String> keys, Consumer<List<String>> work) {
        for (int from = 0; from < keys.size(); from += KEYS_AT_ONCE) {
            work.accept(keys.subList(from, Math.min(from + KEYS_AT_ONCE, keys.size())));
        }
    }
}
