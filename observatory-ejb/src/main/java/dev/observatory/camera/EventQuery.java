package dev.observatory.camera;

import dev.observatory.camera.CameraStore.Mark;
import dev.observatory.message.RiskLevel;
import java.time.Instant;

/**
 * Which events are wanted; null for what does not matter.
 *
 * @param since only those that started then or later
 * @param until only those that started before
 * @param minRiskScore only those with that score or a higher one
 * @param behind the event behind which to begin
 * @param atMost how many, 1 or more
 */
public record EventQuery(
        String cameraId,
        Instant since,
        Instant until,
        RiskLevel riskLevel,
        Integer minRiskScore,
        Mark behind,
        int atMost) {

    /** The newest of all. */
    static EventQuery newest(int atMost) {
        return new EventQuery(null, null, null, null, null, null, atMost);
    }
}
