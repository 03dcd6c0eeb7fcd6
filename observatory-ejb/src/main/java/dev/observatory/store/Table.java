package dev.observatory.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * A table whose rows are values of one type. Immutable.
 *
 * @param key its primary key
 * @param isVersioned whether it has a column {@code version}; then a lower version never replaces a higher
 * @param columns every column, and what a value has to say for it
 * @param mapper makes a value of a row
 */
record Table<T>(
        String name, String key, boolean isVersioned, Map<String, Function<T, Object>> columns, RowMapper<T> mapper) {

    Table {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    String columnNames() {
        return String.join(", ", columns.keySet());
    }

    /** {@code :a, :b, …} for the columns a, b, … */
    String parameters() {
        return columns.keySet().stream().map(column -> ":" + column).collect(Collectors.joining(", "));
    }

    /** {@code a = :a, b = :b, …} for all columns but the key. */
    String assignments() {
        return columns.keySet().stream()
                .filter(column -> !column.equals(key))
                .map(column -> column + " = :" + column)
                .collect(Collectors.joining(", "));
    }

    /** Inserts a row. Parameters are named like the columns. */
    String insert() {
        return "insert into " + name + " (" + columnNames() + ") values (" + parameters() + ")";
    }

    void bind(SqlStatement<?> statement, T value) {
        columns.forEach((column, part) -> statement.bind(column, part.apply(value)));
    }
}
