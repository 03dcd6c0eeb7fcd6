package dev.observatory.message;

import java.time.Instant;

/**
 * Something that happened in front of a camera, as an analyser judged it. It does not change any more once it is told.
 *
 * @param id names it for ever: 1 to 200 characters of {@code [A-Za-z0-9_.:-]}
 * @param cameraId the camera, in the same form
 * @param riskScore 0 to {@value #MAX_RISK_SCORE}
 * @param summary what happened, in a sentence; not empty
 * @param reasoning why it was judged so, null when that was not told
 * @param endedAt not before {@code startedAt}; null while it goes on or when that is not known
 */
public record SecurityEvent(
        String id,
        String cameraId,
        int riskScore,
        RiskLevel riskLevel,
        String summary,
        String reasoning,
        Instant startedAt,
        Instant endedAt) {

    public static final int MAX_RISK_SCORE = 100;

    /** @throws InvalidValueException when a value is missing or out of its range */
    public SecurityEvent {
        Require.id("id", id);
        Require.id("cameraId", cameraId);
        Require.within("riskScore", riskScore, 0, MAX_RISK_SCORE);
        Require.present("riskLevel", riskLevel);
        Require.text("summary", summary);
        Require.present("startedAt", startedAt);
        if (endedAt != null && endedAt.isBefore(startedAt)) {
            throw new InvalidValueException("endedAt", "is not before the start");
        }
    }
}
