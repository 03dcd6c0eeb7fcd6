package dev.observatory.store;

import dev.observatory.alert.KeptAlert;
import dev.observatory.message.Alert;
import dev.observatory.message.Alert.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Which part of an alert stands in which column. */
final class AlertTable {

    static final Table<KeptAlert> ALERT = new Table<>("alert", "id", true, columns(), (row, context) -> alert(row));

    private AlertTable() {}

    private static Map<String, Function<KeptAlert, Object>> columns() {
        Map<String, Function<KeptAlert, Object>> columns = new LinkedHashMap<>();
        columns.put("id", kept -> StoredText.of(kept.alert().id()));
        columns.put("source", kept -> StoredText.of(kept.alert().source()));
        columns.put("kind", kept -> StoredText.of(kept.kind()));
        columns.put("is_once", KeptAlert::isOnce);
        columns.put("severity", kept -> Tables.name(kept.alert().severity()));
        columns.put("title", kept -> StoredText.of(kept.alert().title()));
        columns.put("detail", kept -> StoredText.of(kept.alert().detail()));
        columns.put("raised_at", kept -> StoredTime.of(kept.alert().raisedAt()));
        columns.put("resolved_at", kept -> StoredTime.of(kept.alert().resolvedAt()));
        columns.put("acknowledged_at", kept -> StoredTime.of(kept.alert().acknowledgedAt()));
        columns.put("acknowledged_by", kept -> StoredText.of(kept.alert().acknowledgedBy()));
        columns.put("version", KeptAlert::version);
        return columns;
    }

    private static KeptAlert alert(ResultSet row) throws SQLException {
        String severity = row.getString("severity");
        Alert alert = new Alert(
                Tables.text(row, "id"),
                severity == null ? null : Severity.valueOf(severity),
                Tables.text(row, "source"),
                Tables.text(row, "title"),
                Tables.text(row, "detail"),
                StoredTime.read(row, "raised_at"),
                StoredTime.read(row, "resolved_at"),
                StoredTime.read(row, "acknowledged_at"),
                Tables.text(row, "acknowledged_by"));
        return new KeptAlert(alert, Tables.text(row, "kind"), row.getBoolean("is_once"), row.getLong("version"));
    }
}
