package dev.observatory.message;

import java.time.Instant;

/**
 * How a camera is at present.
 *
 * @param cameraId 1 to 200 characters of {@code [A-Za-z0-9_.:-]}
 * @param lastSeenAt when it was heard of last, null if it never was
 */
public record CameraStatus(String cameraId, CameraState status, Instant lastSeenAt) {

    /** @throws InvalidValueException when a value is missing or not of its form */
    public CameraStatus {
        Require.id("cameraId", cameraId);
        Require.present("status", status);
    }
}
