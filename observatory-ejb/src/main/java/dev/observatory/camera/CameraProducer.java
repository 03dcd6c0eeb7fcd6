package dev.observatory.camera;

import dev.observatory.alert.Alerts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;

/** Makes what is known of cameras, as it is set. */
@ApplicationScoped
public class CameraProducer {

    @Inject
    Config config;

    @Produces
    @Singleton
    Cameras cameras(CameraStore store) {
        CameraConfig set = CameraConfig.of(config);
        return new Cameras(store, set.timeout(), set.maxCameras(), Clock.systemUTC());
    }

    @Produces
    @Singleton
    EventIntake intake(CameraStore store, Cameras cameras, Alerts alerts) {
        CameraConfig set = CameraConfig.of(config);
        return new EventIntake(
                store, cameras, alerts, set.maxPending(), set.maxText(), set.maxClockSkew(), Clock.systemUTC());
    }
}
