package dev.observatory.store;

import dev.observatory.camera.Camera;
import dev.observatory.camera.DetectionQuery;
import dev.observatory.camera.EventQuery;
import dev.observatory.message.CameraState;
import dev.observatory.message.Detection;
import dev.observatory.message.RiskLevel;
import dev.observatory.message.SecurityEvent;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a few cameras see within a few microseconds: many times are equal, or differ by less than is kept. */
final class RandomSights {

    private static final Instant START = Instant.parse("2026-01-02T12:00:00.999990Z");
    private static final int NANOS = 20_000;
    private static final String ID_CHARACTERS = "abyzABYZ0189_.:-";

    private final Random random;
    private int count;

    RandomSights(long seed) {
        random = new Random(seed);
    }

    Random random() {
        return random;
    }

    List<Camera> cameras() {
        return some(
                3,
                () -> new Camera(
                        "c" + random.nextInt(4),
                        either("name " + count++, null),
                        CameraState.values()[random.nextInt(3)],
                        either(NaiveCameraStore.cut(time()), null),
                        NaiveCameraStore.cut(time()),
                        random.nextInt(20)));
    }

    List<SecurityEvent> events() {
        return some(12, () -> {
            Instant start = time();
            return new SecurityEvent(
                    id(),
                    camera(),
                    random.nextInt(101),
                    RiskLevel.values()[random.nextInt(4)],
                    "summary",
                    either("reasoning", null),
                    start,
                    either(start.plusNanos(random.nextInt(3) * 500L), null));
        });
    }

    List<Detection> detections() {
        return some(
                12,
                () -> new Detection(id(), camera(), type(), random.nextInt(11) / 10.0, time(), count, -count, 1, 2));
    }

    /** Behind no place yet. */
    EventQuery eventQuery() {
        return new EventQuery(
                either(camera(), null),
                rarely(time()),
                rarely(time()),
                rarely(RiskLevel.values()[random.nextInt(4)]),
                rarely(random.nextInt(101)),
                null,
                1 + random.nextInt(20));
    }

    /** Behind no place yet. */
    DetectionQuery detectionQuery() {
        return new DetectionQuery(
                either(camera(), null),
                rarely(time()),
                rarely(time()),
                either(type(), null),
                rarely(random.nextInt(11) / 10.0),
                null,
                1 + random.nextInt(20));
    }

    /** Among those of events and detections, and somewhat beyond. */
    Instant time() {
        return START.plusNanos(random.nextInt(NANOS));
    }

    /** One that was not given yet. */
    String id() {
        StringBuilder id = new StringBuilder();
        random.ints(random.nextInt(4), 0, ID_CHARACTERS.length()).forEach(i -> id.append(ID_CHARACTERS.charAt(i)));
        return id.append(String.format("%05d", count++)).toString();
    }

    private String camera() {
        return "c" + random.nextInt(4);
    }

    private String type() {
        return List.of("car", "Car", "person").get(random.nextInt(3));
    }

    private <T> List<T> some(int below, Supplier<T> one) {
        return Stream.generate(one).limit(random.nextInt(below)).toList();
    }

    private <T> T rarely(T value) {
        return random.nextInt(4) == 0 ? value : null;
    }

    private <T> T either(T one, T other) {
        return random.nextBoolean() ? one : other;
    }
}
