package dev.observatory.camera;

import dev.observatory.config.Settings;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * What can be set about cameras and what they see. Immutable.
 *
 * @param timeout for how long a camera may be silent before it is offline
 * @param maxCameras how many there may be
 * @param maxPending how many deliveries of events or detections may wait for the store, the one being kept included
 * @param maxText how long a text of theirs may be, characters
 * @param maxClockSkew how far ahead of this machine's the clocks of those may be who report
 * @param keptEvents how long events are kept; empty for ever
 * @param keptDetections how long detections are kept; empty for ever
 */
record CameraConfig(
        Duration timeout,
        int maxCameras,
        int maxPending,
        int maxText,
        Duration maxClockSkew,
        Optional<Duration> keptEvents,
        Optional<Duration> keptDetections) {

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException when one is of no use
     */
    static CameraConfig of(Config config) {
        Settings settings = new Settings(config);
        return new CameraConfig(
                settings.positiveDuration("observatory.camera.timeout"),
                settings.positiveNumber("observatory.camera.max"),
                settings.positiveNumber("observatory.ingest.max-pending"),
                settings.positiveNumber("observatory.ingest.max-text"),
                settings.positiveDuration("observatory.ingest.max-clock-skew"),
                settings.retention("observatory.retention.events"),
                settings.retention("observatory.retention.detections"));
    }
}
