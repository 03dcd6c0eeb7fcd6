package dev.observatory.system;

import dev.observatory.message.Alert;
import dev.observatory.message.Alert.Severity;
import dev.observatory.message.Draft;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The alerts that are open. Of one kind and source there is one at most, however often it is raised: trouble that lasts
 * is told when it begins and when it is over. Thread-safe.
 */
public final class Alerts {

    private record Key(String source, String kind) {}

    private final Consumer<Draft> drafts;
    private final Clock clock;

    /** The oldest first. Guarded by this object's lock. */
    private final Map<Key, Alert> open = new LinkedHashMap<>();

    /** @param drafts is told every change while this object's lock is held, so that all see changes in their order */
    Alerts(Consumer<Draft> drafts, Clock clock) {
        this.drafts = drafts;
        this.clock = clock;
    }

    /**
     * Raises an alert, unless one of that kind and source is open.
     *
     * @param kind tells the alerts of a source apart; nobody sees it
     */
    public synchronized void raise(String source, String kind, Severity severity, String title, String detail) {
        Key key = new Key(source, kind);
        if (!open.containsKey(key)) {
            Alert alert =
                    new Alert(UUID.randomUUID().toString(), severity, source, title, detail, clock.instant(), null);
            open.put(key, alert);
            drafts.accept(Draft.of(alert));
        }
    }

    /** Resolves the alert of that kind and source if one is open. */
    public synchronized void resolve(String source, String kind) {
        Alert alert = open.remove(new Key(source, kind));
        if (alert != null) {
            drafts.accept(Draft.of(alert.resolved(clock.instant())));
        }
    }

    /** Those that are open, the newest first. */
    public synchronized List<Alert> open() {
        List<Alert> newestFirst = new ArrayList<>(open.values());
        Collections.reverse(newestFirst);
        return newestFirst;
    }
}
