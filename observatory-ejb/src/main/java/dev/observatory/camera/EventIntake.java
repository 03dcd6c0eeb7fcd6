package dev.observatory.camera;

import dev.observatory.alert.Alerts;
import dev.observatory.message.Alert.Severity;
import dev.observatory.message.Detection;
import dev.observatory.message.Draft;
import dev.observatory.message.RiskLevel;
import dev.observatory.message.SecurityEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes what a pipeline found in the pictures of cameras: keeps it, then tells it, in one order. What comes together is
 * taken as a whole or not at all. Thread-safe; the caller's thread does the work and waits for the store.
 *
 * <p>While the store is away everything throws {@link dev.observatory.conversation.StoreUnavailableException}, and nothing
 * is taken.
 */
public final class EventIntake {

    /** Of an alert about an event, characters. */
    private static final int MAX_ALERT_TEXT = 1_000;

    /** A name and no text: characters. */
    private static final int MAX_OBJECT_TYPE = 200;

    /** How many events a new subscriber is shown. */
    static final int RECENT_EVENTS = 50;

    /** How many detections a new subscriber is shown. */
    static final int RECENT_DETECTIONS = 200;

    private final Kind<SecurityEvent> events;
    private final Kind<Detection> detections;
    private final Cameras cameras;
    private final Alerts alerts;
    private final Semaphore places;
    private final int maxText;
    private final Duration maxClockSkew;
    private final Clock clock;

    /**
     * @param maxPending how many callers may wait at a time
     * @param maxText how long a text may be, characters: a snapshot has to fit into the queue of a client
     * @param maxClockSkew how far in the future times may be
     */
    EventIntake(
            CameraStore store,
            Cameras cameras,
            Alerts alerts,
            int maxPending,
            int maxText,
            Duration maxClockSkew,
            Clock clock) {
        this.maxText = maxText;
        this.cameras = cameras;
        this.alerts = alerts;
        this.places = new Semaphore(maxPending);
        this.maxClockSkew = maxClockSkew;
        this.clock = clock;
        events = new Kind<>(
                SecurityEvent::id,
                SecurityEvent::cameraId,
                store::knownEvents,
                store::keepEvents,
                new Recent<>(
                        RECENT_EVENTS,
                        SecurityEvent::startedAt,
                        SecurityEvent::id,
                        () -> store.events(EventQuery.newest(RECENT_EVENTS))));
        detections = new Kind<>(
                Detection::id,
                Detection::cameraId,
                store::knownDetections,
                store::keepDetections,
                new Recent<>(
                        RECENT_DETECTIONS,
                        Detection::detectedAt,
                        Detection::id,
                        () -> store.detections(DetectionQuery.newest(RECENT_DETECTIONS))));
    }

    /** What is the same for events and for detections, with the lock under which one after the other is taken. */
    private record Kind<T>(
            Function<T, String> id,
            Function<T, String> camera,
            Function<Collection<String>, Set<String>> known,
            Consumer<List<T>> keep,
            Recent<T> recent,
            ReentrantLock order) {

        Kind(
                Function<T, String> id,
                Function<T, String> camera,
                Function<Collection<String>, Set<String>> known,
                Consumer<List<T>> keep,
                Recent<T> recent) {
            this(id, camera, known, keep, recent, new ReentrantLock());
        }
    }

    /**
     * Takes events. One of high or critical risk raises an alert, too.
     *
     * @param tell is given what has to be told, in order, once all of it is kept
     * @throws RefusedException when one of them cannot be taken
     * @throws BusyException when too many wait
     */
    public void takeEvents(List<SecurityEvent> taken, Consumer<Draft> tell) {
        for (int i = 0; i < taken.size(); i++) {
            notInTheFuture(i, "startedAt", taken.get(i).startedAt());
            notInTheFuture(i, "endedAt", taken.get(i).endedAt());
            notTooLong(i, "summary", taken.get(i).summary());
            notTooLong(i, "reasoning", taken.get(i).reasoning());
        }
        take(events, taken, event -> {
            tell.accept(Draft.of(event));
            alert(event);
        });
    }

    /**
     * Takes detections.
     *
     * @param tell is given what has to be told, in order, once all of it is kept
     * @throws RefusedException when one of them cannot be taken
     * @throws BusyException when too many wait
     */
    public void takeDetections(List<Detection> taken, Consumer<Draft> tell) {
        for (int i = 0; i < taken.size(); i++) {
            notInTheFuture(i, "detectedAt", taken.get(i).detectedAt());
            notTooLong(i, "objectType", taken.get(i).objectType(), Math.min(maxText, MAX_OBJECT_TYPE));
        }
        take(detections, taken, detection -> tell.accept(Draft.of(detection)));
    }

    /** The last {@value #RECENT_EVENTS}, the newest first. */
    public List<SecurityEvent> recentEvents() {
        return events.recent().all();
    }

    /** The last {@value #RECENT_DETECTIONS}, the newest first. */
    public List<Detection> recentDetections() {
        return detections.recent().all();
    }

    /** What is older is not in the store any more. */
    void forgotEvents(Instant before) {
        events.recent().forget(before, SecurityEvent::startedAt);
    }

    /** What is older is not in the store any more. */
    void forgotDetections(Instant before) {
        detections.recent().forget(before, Detection::detectedAt);
    }

    private <T> void take(Kind<T> kind, List<T> taken, Consumer<T> tell) {
        if (!places.tryAcquire()) {
            throw new BusyException("more is reported than can be kept; try again in a moment");
        }
        try {
            kind.order().lock();
            try {
                check(kind, taken);
                kind.recent().load();
                kind.keep().accept(taken);
                kind.recent().add(taken);
                taken.forEach(tell);
            } finally {
                kind.order().unlock();
            }
        } finally {
            places.release();
        }
    }

    private <T> void check(Kind<T> kind, List<T> taken) {
        Set<String> known = kind.known().apply(taken.stream().map(kind.id()).toList());
        Set<String> seen = new HashSet<>(known);
        for (int i = 0; i < taken.size(); i++) {
            if (cameras.camera(kind.camera().apply(taken.get(i))).isEmpty()) {
                throw RefusedException.invalid(i, "cameraId", "is no camera that is known; register it first");
            }
            if (!seen.add(kind.id().apply(taken.get(i)))) {
                throw RefusedException.conflict(i, "id", "is taken already");
            }
        }
    }

    private void notInTheFuture(int index, String component, Instant time) {
        if (time != null && time.isAfter(clock.instant().plus(maxClockSkew))) {
            throw RefusedException.invalid(index, component, "is in the future");
        }
    }

    private void notTooLong(int index, String component, String text) {
        notTooLong(index, component, text, maxText);
    }

    private static void notTooLong(int index, String component, String text, int max) {
        if (text != null && text.length() > max) {
            throw RefusedException.invalid(index, component, "has at most " + max + " characters");
        }
    }

    private void alert(SecurityEvent event) {
        if (event.riskLevel().compareTo(RiskLevel.HIGH) >= 0) {
            boolean isCritical = event.riskLevel() == RiskLevel.CRITICAL;
            alerts.report(
                    "camera:" + event.cameraId(),
                    isCritical ? Severity.CRITICAL : Severity.ERROR,
                    (isCritical ? "Critical" : "High") + " risk at " + event.cameraId(),
                    shortened(event.summary()));
        }
    }

    /** All open alerts are shown to who connects; the event has the whole of it. */
    private static String shortened(String summary) {
        if (summary.length() <= MAX_ALERT_TEXT) {
            return summary;
        }
        int end = Character.isHighSurrogate(summary.charAt(MAX_ALERT_TEXT - 1)) ? MAX_ALERT_TEXT - 1 : MAX_ALERT_TEXT;
        return summary.substring(0, end) + "…";
    }
}
