package dev.observatory.store;

import dev.observatory.camera.Camera;
import dev.observatory.camera.CameraStore;
import dev.observatory.camera.DetectionQuery;
import dev.observatory.camera.EventQuery;
import dev.observatory.message.Detection;
import dev.observatory.message.SecurityEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The contract in the fewest words, in memory, with times cut to the microsecond. */
final class NaiveCameraStore implements CameraStore {

    /** A time, then an id. */
    private record Place(Instant at, String id) implements Comparable<Place> {

        static Place of(Mark mark) {
            return new Place(cut(mark.at()), mark.id());
        }

        @Override
        public int compareTo(Place other) {
            int byTime = at.compareTo(other.at);
            return byTime == 0 ? id.compareTo(other.id) : byTime;
        }
    }

    private final Map<String, Camera> cameras = new TreeMap<>();
    private final TreeMap<Place, SecurityEvent> events = new TreeMap<>();
    private final TreeMap<Place, Detection> detections = new TreeMap<>();

    static Instant cut(Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public List<Camera> cameras() {
        return List.copyOf(cameras.values());
    }

    @Override
    public void keepCameras(Collection<Camera> changed) {
        changed.forEach(camera -> cameras.merge(
                camera.cameraId(), camera, (one, other) -> other.version() >= one.version() ? other : one));
    }

    @Override
    public void keepEvents(List<SecurityEvent> added) {
        for (SecurityEvent event : added) {
            events.put(
                    new Place(cut(event.startedAt()), event.id()),
                    new SecurityEvent(
                            event.id(),
                            event.cameraId(),
                            event.riskScore(),
                            event.riskLevel(),
                            event.summary(),
                            event.reasoning(),
                            cut(event.startedAt()),
                            cut(event.endedAt())));
        }
    }

    @Override
    public Set<String> knownEvents(Collection<String> ids) {
        return known(events, ids);
    }

    @Override
    public Optional<SecurityEvent> event(String id) {
        return events.values().stream().filter(event -> event.id().equals(id)).findFirst();
    }

    @Override
    public List<SecurityEvent> events(EventQuery query) {
        return newestFirst(events, query.since(), query.until(), query.behind())
                .filter(event -> query.cameraId() == null || query.cameraId().equals(event.cameraId()))
                .filter(event -> query.riskLevel() == null || query.riskLevel() == event.riskLevel())
                .filter(event -> query.minRiskScore() == null || query.minRiskScore() <= event.riskScore())
                .limit(query.atMost())
                .toList();
    }

    @Override
    public int forgetEvents(Instant before, int atMost) {
        return forget(events, before, atMost);
    }

    @Override
    public void keepDetections(List<Detection> added) {
        for (Detection detection : added) {
            detections.put(
                    new Place(cut(detection.detectedAt()), detection.id()),
                    new Detection(
                            detection.id(),
                            detection.cameraId(),
                            detection.objectType(),
                            detection.confidence(),
                            cut(detection.detectedAt()),
                            detection.bboxX(),
                            detection.bboxY(),
                            detection.bboxWidth(),
                            detection.bboxHeight()));
        }
    }

    @Override
    public Set<String> knownDetections(Collection<String> ids) {
        return known(detections, ids);
    }

    @Override
    public List<Detection> detections(DetectionQuery query) {
        return newestFirst(detections, query.since(), query.until(), query.behind())
                .filter(detection ->
                        query.cameraId() == null || query.cameraId().equals(detection.cameraId()))
                .filter(detection ->
                        query.objectType() == null || query.objectType().equals(detection.objectType()))
                .filter(detection -> query.minConfidence() == null || query.minConfidence() <= detection.confidence())
                .limit(query.atMost())
                .toList();
    }

    @Override
    public int forgetDetections(Instant before, int atMost) {
        return forget(detections, before, atMost);
    }

    private static Set<String> known(TreeMap<Place, ?> rows, Collection<String> ids) {
        Set<String> known = rows.keySet().stream().map(Place::id).collect(Collectors.toCollection(HashSet::new));
        known.retainAll(Set.copyOf(ids));
        return known;
    }

    private static <T> Stream<T> newestFirst(TreeMap<Place, T> rows, Instant since, Instant until, Mark behind) {
        return rows.descendingMap().entrySet().stream()
                .filter(row -> since == null || !row.getKey().at().isBefore(cut(since)))
                .filter(row -> until == null || row.getKey().at().isBefore(cut(until)))
                .filter(row -> behind == null || row.getKey().compareTo(Place.of(behind)) < 0)
                .map(Map.Entry::getValue);
    }

    private static int forget(TreeMap<Place, ?> rows, Instant before, int atMost) {
        List<Place> gone = rows.keySet().stream()
                .takeWhile(place -> place.at().isBefore(cut(before)))
                .limit(atMost)
                .toList();
        gone.forEach(rows::remove);
        return gone.size();
    }
}
