package dev.observatory.alert;

import dev.observatory.alert.AlertStore.Mark;
import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.message.Alert;
import dev.observatory.message.Alert.Severity;
import dev.observatory.message.Draft;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The alerts that are open. Trouble that lasts is told when it begins and when it is over: of one kind and source there is
 * one alert at most, however often it is raised. What happens once is open until somebody has acknowledged it. Thread-safe.
 *
 * <p>Alerts are told first and kept behind that, by {@link #keep}: one of them says that the store is away.
 */
public final class Alerts {

    private static final Logger LOG = System.getLogger(Alerts.class.getName());

    /** How many changes wait for the store at most, beyond those of open alerts. */
    private static final int MAX_WAITING = 10_000;

    private record Key(String source, String kind) {

        static Key of(KeptAlert kept) {
            return new Key(kept.alert().source(), kept.kind());
        }
    }

    private final Consumer<Draft> drafts;
    private final AlertStore store;
    private final int maxOpen;
    private final Clock clock;

    /** The oldest first. Guarded by this object's lock. */
    private final Map<Key, KeptAlert> open = new LinkedHashMap<>();

    /** What is not in the store yet, by id, the oldest change first. Guarded by this object's lock. */
    private final Map<String, KeptAlert> waiting = new LinkedHashMap<>();

    /** Whoever talks to the store holds it, and never takes it while holding this object's own. */
    private final Object keeping = new Object();

    /** Whether what an earlier process left open is known. Guarded by {@link #keeping}. */
    private boolean restored;

    /**
     * @param drafts is told every change while this object's lock is held, so that all see changes in their order
     * @param maxOpen of what happened once, the oldest is closed when there are more
     */
    public Alerts(Consumer<Draft> drafts, AlertStore store, int maxOpen, Clock clock) {
        this.drafts = drafts;
        this.store = store;
        this.maxOpen = maxOpen;
        this.clock = clock;
    }

    /**
     * Raises an alert that lasts until it is resolved, unless one of that kind and source is open.
     *
     * @param kind tells the alerts of a source apart; nobody sees it
     */
    public synchronized void raise(String source, String kind, Severity severity, String title, String detail) {
        if (!open.containsKey(new Key(source, kind))) {
            begin(alert(source, severity, title, detail), kind, false);
        }
    }

    /** Raises an alert of something that has happened; it is over when somebody acknowledges it. */
    public synchronized void report(String source, Severity severity, String title, String detail) {
        Alert alert = alert(source, severity, title, detail);
        begin(alert, alert.id(), true);
        if (open.size() > maxOpen) {
            open.values().stream().filter(KeptAlert::isOnce).findFirst().ifPresent(this::end);
        }
    }

    /** Resolves the alert of that kind and source if one is open. */
    public synchronized void resolve(String source, String kind) {
        KeptAlert kept = open.get(new Key(source, kind));
        if (kept != null) {
            end(kept);
        }
    }

    /**
     * Notes that somebody knows of an alert. One that is acknowledged already stays as it is.
     *
     * @return the alert as it is now; empty when there is none of that id
     * @throws StoreUnavailableException when it is not open, and whether there was one cannot be told at present
     */
    public Optional<Alert> acknowledge(String id, String by) {
        Optional<KeptAlert> known = known(id);
        if (known.isEmpty()) {
            known = store.alert(id);
        }
        return known.map(kept -> acknowledge(kept, by));
    }

    /** Those that are open, the newest first. */
    public synchronized List<Alert> open() {
        List<Alert> newestFirst =
                new ArrayList<>(open.values().stream().map(KeptAlert::alert).toList());
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /**
     * All that there are, open or not, the newest first, by the time when they were raised and then by id.
     *
     * @param behind the alert behind which to begin, null to begin with the newest
     * @throws StoreUnavailableException when that cannot be told at present
     */
    public List<Alert> all(Mark behind, int atMost) {
        keep();
        return store.alerts(behind, atMost);
    }

    /**
     * Keeps what is not kept yet, and goes on with what an earlier process has left open.
     *
     * @throws StoreUnavailableException when that is not possible at present; nothing is lost by it
     */
    void keep() {
        synchronized (keeping) {
            if (!restored) {
                restore(store.open());
                restored = true;
            }
            List<KeptAlert> batch = waiting();
            if (!batch.isEmpty()) {
                store.keep(batch);
                kept(batch);
            }
        }
    }

    private Alert alert(String source, Severity severity, String title, String detail) {
        String id = UUID.randomUUID().toString();
        return new Alert(id, severity, source, title, detail, clock.instant(), null, null, null);
    }

    private void begin(Alert alert, String kind, boolean isOnce) {
        KeptAlert kept = new KeptAlert(alert, kind, isOnce, 1);
        open.put(Key.of(kept), kept);
        changed(kept);
    }

    private void end(KeptAlert kept) {
        open.remove(Key.of(kept));
        changed(next(kept, kept.alert().resolved(clock.instant())));
    }

    private synchronized Optional<KeptAlert> known(String id) {
        return open.values().stream()
                .filter(kept -> kept.alert().id().equals(id))
                .findFirst()
                .or(() -> Optional.ofNullable(waiting.get(id)));
    }

    private synchronized Alert acknowledge(KeptAlert found, String by) {
        // it may have changed since it was looked for
        KeptAlert kept = known(found.alert().id()).orElse(found);
        if (kept.alert().acknowledgedAt() != null) {
            return kept.alert();
        }
        Instant now = clock.instant();
        KeptAlert acknowledged = next(kept, kept.alert().acknowledged(now, by));
        if (open.containsKey(Key.of(kept)) && kept.alert().resolvedAt() == null) {
            if (kept.isOnce()) {
                open.remove(Key.of(kept));
                acknowledged = next(kept, acknowledged.alert().resolved(now));
            } else {
                open.put(Key.of(kept), acknowledged);
            }
        }
        changed(acknowledged);
        return acknowledged.alert();
    }

    private static KeptAlert next(KeptAlert kept, Alert alert) {
        return new KeptAlert(alert, kept.kind(), kept.isOnce(), kept.version() + 1);
    }

    private void changed(KeptAlert kept) {
        waiting.remove(kept.alert().id());
        waiting.put(kept.alert().id(), kept);
        if (waiting.size() > MAX_WAITING + open.size()) {
            Iterator<KeptAlert> oldest = waiting.values().iterator();
            LOG.log(Level.WARNING, "An alert will not be kept, since too many wait for the store: {0}", oldest.next());
            oldest.remove();
        }
        drafts.accept(Draft.of(kept.alert()));
    }

    /** What is open in the store and here again is one trouble, told by two processes: the earlier alert ends. */
    private synchronized void restore(List<KeptAlert> left) {
        Map<Key, KeptAlert> since = new LinkedHashMap<>(open);
        open.clear();
        List<KeptAlert> again = new ArrayList<>();
        for (KeptAlert kept : left) {
            if (waiting.containsKey(kept.alert().id())) {
                continue;
            }
            if (since.containsKey(Key.of(kept))) {
                again.add(kept);
            } else {
                open.put(Key.of(kept), kept);
            }
        }
        open.putAll(since);
        again.forEach(kept -> changed(next(kept, kept.alert().resolved(clock.instant()))));
    }

    private synchronized List<KeptAlert> waiting() {
        return List.copyOf(waiting.values());
    }

    /** What has changed meanwhile goes on waiting. */
    private synchronized void kept(List<KeptAlert> batch) {
        batch.forEach(kept -> waiting.remove(kept.alert().id(), kept));
    }
}
