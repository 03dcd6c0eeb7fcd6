package dev.observatory.camera;

import dev.observatory.message.CameraState;
import dev.observatory.message.CameraStatus;
import java.time.Instant;

/**
 * A camera that is known. Immutable.
 *
 * @param cameraId 1 to 200 characters of {@code [A-Za-z0-9_.:-]}
 * @param name what people call it, null when nobody has said
 * @param lastSeenAt when it was heard of last, null if it never was
 * @param version rises with every change that is kept
 */
public record Camera(
        String cameraId, String name, CameraState status, Instant lastSeenAt, Instant registeredAt, long version) {

    /** As it is told. */
    public CameraStatus toStatus() {
        return new CameraStatus(cameraId, status, lastSeenAt);
    }

    /** The same, heard of at that time or later. */
    Camera seen(Instant at) {
        return at == null || lastSeenAt != null && lastSeenAt.isAfter(at)
                ? this
                : new Camera(cameraId, name, status, at, registeredAt, version);
    }

    /** The next version of it. */
    Camera changed(String newName, CameraState newStatus) {
        return new Camera(cameraId, newName, newStatus, lastSeenAt, registeredAt, version + 1);
    }
}
