package dev.observatory.alert;

import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.message.Alert;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store in memory, which can be away. */
public final class MemoryAlertStore implements AlertStore {

    private final Map<String, KeptAlert> alerts = new LinkedHashMap<>();
    private boolean isAway;

    void away(boolean away) {
        isAway = away;
    }

    @Override
    public void keep(Collection<KeptAlert> changed) {
        check();
        changed.forEach(kept ->
                alerts.merge(kept.alert().id(), kept, (one, other) -> other.version() >= one.version() ? other : one));
    }

    @Override
    public List<KeptAlert> open() {
        check();
        return alerts.values().stream()
                .filter(kept -> kept.alert().resolvedAt() == null)
                .sorted(Comparator.comparing(kept -> kept.alert().raisedAt()))
                .toList();
    }

    @Override
    public Optional<KeptAlert> alert(String id) {
        check();
        return Optional.ofNullable(alerts.get(id));
    }

    @Override
    public List<Alert> alerts(Mark behind, int atMost) {
        throw new UnsupportedOperationException("nobody asks for it here");
    }

    @Override
    public int forget(Instant before, int atMost) {
        throw new UnsupportedOperationException("nobody asks for it here");
    }

    private void check() {
        if (isAway) {
            throw new StoreUnavailableException("it is away", null);
        }
    }
}
