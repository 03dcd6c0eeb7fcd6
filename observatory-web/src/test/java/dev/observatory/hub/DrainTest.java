package dev.observatory.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.observatory.hub.FakeSocket.Mode;
import dev.observatory.journal.JsonEncoder;
import dev.observatory.message.Channel;
import dev.observatory.protocol.CloseCode;
import dev.observatory.wire.FrameWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A drain")
class DrainTest {

    @Test
    @DisplayName("tells every client its own time, spread evenly, and closes it with the same")
    void tellsEveryone() {
        try (TestHub hub = new TestHub(new TestSettings(), 2, null, List.of())) {
            List<FakeSocket> sockets = connect(hub, 20, Mode.AT_ONCE);

            drain(hub, Duration.ofSeconds(20), Duration.ofSeconds(10));

            TestHub.soon()
                    .until(() ->
                            sockets.stream().noneMatch(socket -> socket.closes().isEmpty()));
            List<Long> times = new ArrayList<>();
            for (FakeSocket socket : sockets) {
                long time = socket.frames("draining")
                        .get(0)
                        .getJsonObject("data")
                        .getJsonNumber("retry_after_ms")
                        .longValueExact();
                times.add(time);
                assertThat(socket.frames("draining")).hasSize(1);
                assertThat(socket.closes()).containsExactly(CloseCode.SHUTDOWN);
                assertThat(socket.reasons()).containsExactly("shutdown retry_after_ms=" + time);
            }
            // one in each twentieth of the spread
            assertThat(times.stream().map(time -> time / 500).sorted())
                    .containsExactlyElementsOf(
                            Stream.iterate(0L, i -> i + 1).limit(20).toList());
        }
    }

    @Test
    @DisplayName("lets a client that reads have what waits for it, and ends without one that does not")
    void sendsWhatWaits() {
        try (TestHub hub = new TestHub(new TestSettings())) {
            FakeSocket slow = hub.socket(Mode.HELD);
            FakeSocket stuck = hub.socket(Mode.HELD);
            hub.connect(slow, "topic:a");
            hub.connect(stuck, "topic:a");
            for (int i = 0; i < 10; i++) {
                hub.append(Channel.named("topic:a"));
            }
            hub.settle();
            CompletableFuture<Void> drain =
                    CompletableFuture.runAsync(() -> drain(hub, Duration.ofSeconds(4), Duration.ZERO));

            TestHub.soon().until(() -> {
                if (slow.isHolding()) {
                    slow.release();
                }
                return !slow.closes().isEmpty();
            });

            assertThat(slow.positions()).hasSize(10).isSorted();
            assertThat(slow.frames("draining")).hasSize(1);
            TestHub.await(drain);
            assertThat(stuck.closes()).isEmpty();
            assertThat(hub.ended).hasSize(1);
        }
    }

    @Test
    @DisplayName("is over as soon as nobody is left, at once when nobody was there")
    void endsEarly() {
        try (TestHub hub = new TestHub(new TestSettings())) {
            drain(hub, Duration.ofDays(1), Duration.ZERO);
            FakeSocket socket = hub.socket(Mode.AT_ONCE);
            TestHub.Wire wire = hub.connect(socket);
            hub.settle();
            CompletableFuture<Void> drain =
                    CompletableFuture.runAsync(() -> drain(hub, Duration.ofDays(1), Duration.ZERO));
            TestHub.soon().until(() -> !socket.frames("draining").isEmpty());

            wire.inbound().closed();

            TestHub.await(drain);
            assertThat(socket.closes()).isEmpty();
        }
    }

    @Test
    @DisplayName("has times that are not negative, or the setting is named")
    void settings() {
        Duration negative = Duration.ofMillis(-1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DrainSettings(negative, Duration.ZERO))
                .withMessageContaining("observatory.drain.time");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DrainSettings(Duration.ZERO, negative))
                .withMessageContaining("observatory.drain.spread");
    }

    private static List<FakeSocket> connect(TestHub hub, int count, Mode mode) {
        List<FakeSocket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sockets.add(hub.socket(mode));
            hub.connect(sockets.get(i));
        }
        hub.settle();
        return sockets;
    }

    private static void drain(TestHub hub, Duration time, Duration spread) {
        FrameWriter writer = new FrameWriter(new JsonEncoder(), Clock.systemUTC());
        new Drain(
                        hub.loops,
                        writer,
                        new DrainSettings(time, spread),
                        () -> hub.census().connections().isEmpty())
                .run();
    }
}
