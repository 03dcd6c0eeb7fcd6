package dev.observatory.camera;

import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.message.Detection;
import dev.observatory.message.SecurityEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A store in memory, which can be away. It answers only what {@link Cameras} and {@link EventIntake} ask. */
final class MemoryCameraStore implements CameraStore {

    private final Map<String, Camera> cameras = new LinkedHashMap<>();
    private final Map<String, SecurityEvent> events = new LinkedHashMap<>();
    private final Map<String, Detection> detections = new LinkedHashMap<>();
    private volatile boolean isAway;
    private volatile Runnable beforeKeeping = () -> {};

    void away(boolean away) {
        isAway = away;
    }

    /** Is run whenever something is about to be kept. */
    void beforeKeeping(Runnable action) {
        beforeKeeping = action;
    }

    @Override
    public synchronized List<Camera> cameras() {
        check();
        return List.copyOf(cameras.values());
    }

    @Override
    public synchronized void keepCameras(Collection<Camera> changed) {
        check();
        changed.forEach(camera -> cameras.merge(
                camera.cameraId(), camera, (one, other) -> other.version() >= one.version() ? other : one));
    }

    @Override
    public void keepEvents(List<SecurityEvent> kept) {
        beforeKeeping.run();
        check();
        kept.forEach(event -> events.put(event.id(), event));
    }

    @Override
    public Set<String> knownEvents(Collection<String> ids) {
        check();
        Set<String> known = new HashSet<>(ids);
        known.retainAll(events.keySet());
        return known;
    }

    @Override
    public Optional<SecurityEvent> event(String id) {
        return Optional.ofNullable(events.get(id));
    }

    @Override
    public List<SecurityEvent> events(EventQuery query) {
        check();
        List<SecurityEvent> all = new ArrayList<>(events.values());
        all.sort(Comparator.comparing(SecurityEvent::startedAt)
                .thenComparing(SecurityEvent::id)
                .reversed());
        return all.subList(0, Math.min(all.size(), query.atMost()));
    }

    @Override
    public int forgetEvents(Instant before, int atMost) {
        throw new UnsupportedOperationException("nobody asks for it here");
    }

    @Override
    public void keepDetections(List<Detection> kept) {
        check();
        kept.forEach(detection -> detections.put(detection.id(), detection));
    }

    @Override
    public Set<String> knownDetections(Collection<String> ids) {
        check();
        Set<String> known = new HashSet<>(ids);
        known.retainAll(detections.keySet());
        return known;
    }

    @Override
    public List<Detection> detections(DetectionQuery query) {
        check();
        return List.copyOf(detections.values());
    }

    @Override
    public int forgetDetections(Instant before, int atMost) {
        throw new UnsupportedOperationException("nobody asks for it here");
    }

    private void check() {
        if (isAway) {
            throw new StoreUnavailableException("it is away", null);
        }
    }
}
