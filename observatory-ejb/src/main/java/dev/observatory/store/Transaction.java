package dev.observatory.store;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** A transaction that is under way. Confined to its thread. */
record Transaction(Handle handle, Dialect dialect) {

    /** Inserts the values or replaces those with the same keys, by one batch. */
    <T> void upsert(Table<T> table, List<T> values) {
        batch(dialect.upsert(table), table, values);
    }

    /** Inserts the values, none of whose keys may be there, by one batch. */
    <T> void insert(Table<T> table, List<T> values) {
        batch(table.insert(), table, values);
    }

    private <T> void batch(String sql, Table<T> table, List<T> values) {
        if (values.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(sql)) {
            for (T value : values) {
                table.bind(batch, value);
                batch.add();
            }
            batch.execute();
        }
    }

    /** Deletes the rows in which a column has one of these values. */
    void delete(Table<?> table, String column, List<String> values) {
        if (values.isEmpty()) {
            return;
        }
        try (PreparedBatch batch =
                handle.prepareBatch("delete from " + table.name() + " where " + column + " = :value")) {
            values.forEach(value -> batch.bind("value", StoredText.of(value)).add());
            batch.execute();
        }
    }
}
