package dev.observatory.snapshot;

import dev.observatory.auth.token.Identity;
import dev.observatory.camera.Camera;
import dev.observatory.camera.Cameras;
import dev.observatory.camera.EventIntake;
import dev.observatory.hub.SnapshotSource;
import dev.observatory.message.Channel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** All cameras, and the newest of what was seen with them. */
@ApplicationScoped
public class CameraSnapshots implements SnapshotSource {

    @Inject
    Cameras cameras;

    @Inject
    EventIntake intake;

    @Override
    public Optional<State> state(Channel channel, Identity reader) {
        return switch (channel.kind()) {
            case EVENTS -> state(intake.recentEvents());
            case DETECTIONS -> state(intake.recentDetections());
            case CAMERAS -> state(cameras.all().stream().map(Camera::toStatus).toList());
            default -> Optional.empty();
        };
    }

    private static Optional<State> state(List<?> items) {
        return Optional.of(new State(items, 0));
    }
}
