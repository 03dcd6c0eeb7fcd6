package dev.observatory.store;

import dev.observatory.alert.AlertStore;
import dev.observatory.alert.KeptAlert;
import dev.observatory.message.Alert;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Alerts in a SQL database. Times are kept to the microsecond. Thread-safe. */
final class SqlAlertStore implements AlertStore {

    private final Database database;

    /** Held while alerts are kept: H2 would take one for new that another thread is just adding, and fail. */
    private final Object keeping = new Object();

    SqlAlertStore(Database database) {
        this.database = database;
    }

    @Override
    public void keep(Collection<KeptAlert> alerts) {
        // in one order: two processes that keep the same alerts would else each wait for what the other has
        List<KeptAlert> sorted = alerts.stream()
                .sorted(Comparator.comparing(kept -> kept.alert().id()))
                .toList();
        synchronized (keeping) {
            database.write(transaction -> transaction.upsert(AlertTable.ALERT, sorted));
        }
    }

    @Override
    public List<KeptAlert> open() {
        return database.read(handle -> handle.createQuery("select " + AlertTable.ALERT.columnNames()
                        + " from alert where resolved_at is null order by raised_at, id")
                .map(AlertTable.ALERT.mapper())
                .list());
    }

    @Override
    public Optional<KeptAlert> alert(String id) {
        return database.read(handle -> new Rows<>(handle, AlertTable.ALERT).find(id));
    }

    @Override
    public List<Alert> alerts(Mark behind, int atMost) {
        return database.read(handle -> newest(behind, atMost).list(handle)).stream()
                .map(KeptAlert::alert)
                .toList();
    }

    static NewestFirst<KeptAlert> newest(Mark behind, int atMost) {
        NewestFirst<KeptAlert> newest = new NewestFirst<>(AlertTable.ALERT, "raised_at", atMost);
        return behind == null ? newest : newest.behind(behind.raisedAt(), behind.id());
    }

    @Override
    public int forget(Instant before, int atMost) {
        return database.inTransaction(transaction ->
                new Rows<>(transaction.handle(), AlertTable.ALERT).deleteOldest("resolved_at", before, atMost));
    }
}
