package dev.observatory.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * A query for the newest rows of a table: by a time, and by key where that is equal. Null stands for what does not
 * matter. Used once, by one thread.
 *
 * <p>It is such that an index can give the rows in this order, so that no more are read than are wanted: one of the time
 * and the key, or one with a column in front of these, {@link #within} one value of which the rows are then. H2 takes
 * that one only if the order names the column too.
 *
 * <p>Times are cut to the microsecond, as those in the table are: what was made at a time is found from it on.
 */
final class NewestFirst<T> {

    private final Table<T> table;
    private final String time;
    private final int atMost;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private String first = "";

    /** @param time the name of a column */
    NewestFirst(Table<T> table, String time, int atMost) {
        this.table = table;
        this.time = time;
        this.atMost = atMost;
    }

    /** Only rows with that value, in a column with which an index begins. */
    NewestFirst<T> within(String column, Object value) {
        if (value != null && first.isEmpty()) {
            first = column + " desc, ";
        }
        return where(column + " = :" + column, column, value);
    }

    NewestFirst<T> atLeast(String column, Number value) {
        return where(column + " >= :" + column, column, value);
    }

    /** Only rows of that time or a later one. */
    NewestFirst<T> since(Instant since) {
        return where(time + " >= :since", "since", StoredTime.of(since));
    }

    /** Only rows of an earlier time. */
    NewestFirst<T> until(Instant until) {
        return where(time + " < :until", "until", StoredTime.of(until));
    }

    /** Only rows behind a place in the order, at which there need not be a row. */
    NewestFirst<T> behind(Instant at, String key) {
        // the second says it all, but by the first the place is looked up in the index
        where(time + " <= :at", "at", StoredTime.of(at));
        return where("(" + time + " < :at or " + table.key() + " < :behind)", "behind", StoredText.of(key));
    }

    private NewestFirst<T> where(String condition, String name, Object value) {
        if (value != null) {
            conditions.add(condition);
            values.put(name, value);
        }
        return this;
    }

    List<T> list(Handle handle) {
        return bind(handle.createQuery(sql())).map(table.mapper()).list();
    }

    String sql() {
        return "select " + table.columnNames() + " from " + table.name()
                + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
                + " order by " + first + time + " desc, " + table.key() + " desc fetch first :most rows only";
    }

    Query bind(Query query) {
        values.forEach(query::bind);
        return query.bind("most", atMost);
    }
}
