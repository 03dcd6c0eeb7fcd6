package dev.observatory.camera;

import dev.observatory.message.CameraState;
import dev.observatory.message.CameraStatus;
import dev.observatory.message.Draft;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The cameras that are known, each with its state. A camera is known from its first sign of life, or from when it is
 * registered; it is offline when it has been silent for too long. Every change is kept before it is told. Thread-safe.
 *
 * <p>What goes to the store throws {@link dev.observatory.conversation.StoreUnavailableException} while that is away;
 * nothing is changed then. A sign of life of a camera that is online needs no store.
 */
public final class Cameras {

    private final CameraStore store;
    private final Duration timeout;
    private final int max;
    private final Clock clock;

    /** By id. A camera that is online is seen again without the lock; all else is done with it. */
    private final Map<String, Camera> cameras = new ConcurrentHashMap<>();

    /** Null until the store has told which cameras there are; written under this object's lock. */
    private volatile Instant loadedAt;

    Cameras(CameraStore store, Duration timeout, int max, Clock clock) {
        this.store = store;
        this.timeout = timeout;
        this.max = max;
        this.clock = clock;
    }

    /** All of them, by id. */
    public List<Camera> all() {
        load();
        return cameras.values().stream()
                .sorted(Comparator.comparing(Camera::cameraId))
                .toList();
    }

    public Optional<Camera> camera(String id) {
        load();
        return Optional.ofNullable(cameras.get(id));
    }

    /**
     * A camera gives a sign of life: then it is online, unless it said that something is wrong with it.
     *
     * @param tell is given what has to be told
     * @return the camera as it is now
     * @throws dev.observatory.message.InvalidValueException when no camera can have that id
     * @throws RefusedException when there are as many cameras as there may be
     */
    public Camera alive(String id, Consumer<Draft> tell) {
        load();
        Instant now = clock.instant();
        Camera seen = cameras.computeIfPresent(
                id, (key, camera) -> camera.status() == CameraState.OFFLINE ? camera : camera.seen(now));
        return seen != null && seen.status() != CameraState.OFFLINE
                ? seen
                : change(id, null, CameraState.ONLINE, now, tell);
    }

    /**
     * Registers a camera, or changes what is known of it.
     *
     * @param name null to leave it as it is
     * @param status null to leave it as it is, and then a new camera is offline until it is heard of. Any other than
     *     {@code offline} is a sign of life
     * @throws dev.observatory.message.InvalidValueException when no camera can have that id
     * @throws RefusedException when there are as many cameras as there may be
     */
    public Camera put(String id, String name, CameraState status, Consumer<Draft> tell) {
        load();
        boolean isAlive = status != null && status != CameraState.OFFLINE;
        return change(id, name, status, isAlive ? clock.instant() : null, tell);
    }

    /** Takes note of what somebody else found a camera to be; of a new one, too. It is told in any case. */
    public void report(CameraStatus status, Consumer<Draft> tell) {
        load();
        synchronized (this) {
            change(status.cameraId(), null, status.status(), status.lastSeenAt(), draft -> {});
            tell.accept(Draft.of(status));
        }
    }

    /** Has those go offline that have been silent for too long. */
    void expire(Consumer<Draft> tell) {
        load();
        Instant now = clock.instant();
        cameras.values().stream()
                .filter(camera -> isSilent(camera, now))
                .map(Camera::cameraId)
                .sorted()
                .forEach(id -> expire(id, now, tell));
    }

    private synchronized void expire(String id, Instant now, Consumer<Draft> tell) {
        // it may have been heard of since
        if (isSilent(cameras.get(id), now)) {
            change(id, null, CameraState.OFFLINE, null, tell);
        }
    }

    /** While this process was not there, no camera could be heard of. */
    private boolean isSilent(Camera camera, Instant now) {
        Instant since =
                camera.lastSeenAt() == null || camera.lastSeenAt().isBefore(loadedAt) ? loadedAt : camera.lastSeenAt();
        return camera.status() != CameraState.OFFLINE && since.plus(timeout).isBefore(now);
    }

    private synchronized Camera change(
            String id, String name, CameraState status, Instant seenAt, Consumer<Draft> tell) {
        Camera before = cameras.get(id);
        Camera camera = before == null ? registered(id) : before;
        CameraState newStatus = status == null ? camera.status() : status;
        Camera after = camera.seen(seenAt).changed(name == null ? camera.name() : name, newStatus);
        boolean isTold = before == null || before.status() != after.status();
        if (!isTold && Objects.equals(camera.name(), after.name())) {
            return cameras.merge(id, camera.seen(seenAt), (known, same) -> known.seen(seenAt));
        }
        store.keepCameras(List.of(after));
        Camera now = cameras.merge(id, after, (known, changed) -> changed.seen(known.lastSeenAt()));
        if (isTold) {
            tell.accept(Draft.of(now.toStatus()));
        }
        return now;
    }

    private Camera registered(String id) {
        // which says what can be
        CameraStatus status = new CameraStatus(id, CameraState.OFFLINE, null);
        if (cameras.size() >= max) {
            throw RefusedException.conflict(0, "cameraId", "is one more than the " + max + " cameras there may be");
        }
        return new Camera(status.cameraId(), null, status.status(), null, clock.instant(), 0);
    }

    /** What the store knows, once. */
    private void load() {
        if (loadedAt == null) {
            synchronized (this) {
                if (loadedAt == null) {
                    Collection<Camera> known = store.cameras();
                    known.forEach(camera -> cameras.put(camera.cameraId(), camera));
                    loadedAt = clock.instant();
                }
            }
        }
    }
}
