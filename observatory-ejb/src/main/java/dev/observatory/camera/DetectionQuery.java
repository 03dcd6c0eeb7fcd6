package dev.observatory.camera;

import dev.observatory.camera.CameraStore.Mark;
import java.time.Instant;

/**
 * Which detections are wanted; null for what does not matter.
 *
 * @param since only those that were made then or later
 * @param until only those that were made before
 * @param minConfidence only those with that confidence or a higher one
 * @param behind the detection behind which to begin
 * @param atMost how many, 1 or more
 */
public record DetectionQuery(
        String cameraId,
        Instant since,
        Instant until,
        String objectType,
        Double minConfidence,
        Mark behind,
        int atMost) {

    /** The newest of all. */
    static DetectionQuery newest(int atMost) {
        return new DetectionQuery(null, null, null, null, null, null, atMost);
    }
}
