package dev.observatory.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.hub.FakeSocket.Mode;
import dev.observatory.hub.HubFigures.Counts;
import dev.observatory.hub.HubFigures.Deliveries;
import dev.observatory.hub.HubFigures.Load;
import dev.observatory.hub.TestHub.Wire;
import dev.observatory.message.Channel;
import dev.observatory.message.Priority;
import dev.observatory.protocol.Endpoint;
import dev.observatory.protocol.GapReason;
import dev.observatory.protocol.ResumeOutcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The hub's figures")
class HubMetersTest {

    private static final Channel TOPIC = Channel.named("topic:a");

    @Test
    @DisplayName("have a bucket for every time, and the sum of the times")
    void sortIntoBuckets() {
        LoopMeters meters = new LoopMeters();
        List<Long> times = List.of(0L, 250_000L, 250_001L, 10_000_000L, 10_000_001L, 10_000_000_000L, 10_000_000_001L);
        times.forEach(meters::delivered);

        Deliveries deliveries = meters.deliveries();

        assertThat(deliveries.count()).isEqualTo(7);
        assertThat(deliveries.seconds())
                .isEqualTo(times.stream().mapToLong(t -> t).sum() / 1e9);
        int ten = Deliveries.BOUNDS_SECONDS.indexOf(0.01);
        assertThat(deliveries.buckets().get(0)).isEqualTo(2);
        assertThat(deliveries.buckets().get(1)).isEqualTo(1);
        assertThat(deliveries.buckets().get(ten)).isEqualTo(1);
        assertThat(deliveries.buckets().get(ten + 1)).isEqualTo(1);
        assertThat(deliveries.buckets().get(Deliveries.BOUNDS_SECONDS.size())).isEqualTo(1);
        assertThat(deliveries.plus(deliveries).count()).isEqualTo(14);
        assertThat(Deliveries.NONE.plus(deliveries)).isEqualTo(deliveries);
    }

    @Test
    @DisplayName("count what is said to have happened, by reason, lane and outcome")
    void count() {
        HubMeters meters = new HubMeters();
        meters.conflated(3);
        meters.conflated(2);
        meters.dropped(Priority.LOW, GapReason.RATE_LIMIT, 5);
        meters.dropped(Priority.LOW, GapReason.RATE_LIMIT, 1);
        meters.dropped(Priority.NORMAL, GapReason.SLOW_CONSUMER, 1);
        meters.resumed(ResumeOutcome.GAP);

        Counts counts = meters.counts();

        assertThat(counts.conflated()).isEqualTo(5);
        assertThat(counts.dropped())
                .containsEntry(Priority.LOW, Map.of("rate_limit", 6L))
                .containsEntry(Priority.NORMAL, Map.of("slow_consumer", 1L))
                .containsEntry(Priority.HIGH, Map.of());
        assertThat(counts.resumed()).isEqualTo(Map.of("complete", 0L, "gap", 1L, "snapshot", 0L));
    }

    @Test
    @DisplayName("count types that nobody foresaw together, once there are very many")
    void boundNames() {
        NamedCounts counts = new NamedCounts("known");
        for (int i = 0; i < 10_000; i++) {
            counts.add("type" + i, 1);
        }
        counts.add("known", 1);

        assertThat(counts.sums()).hasSizeLessThan(300).containsEntry("known", 1L);
        assertThat(counts.sums().values().stream().mapToLong(n -> n).sum()).isEqualTo(10_001);
        assertThat(counts.sums().get(NamedCounts.OTHER)).isGreaterThan(9_000);
    }

    @Test
    @DisplayName("count deliveries and failures of messages, each with the reason of its end, and answers not at all")
    void countDeliveries() {
        try (TestHub hub = new TestHub(new TestSettings())) {
            FakeSocket well = hub.socket(Mode.AT_ONCE);
            FakeSocket broken = hub.socket(Mode.FAILS);
            Wire good = hub.connect(well, "topic:a");
            hub.connect(broken, "topic:a");
            hub.append(TOPIC);
            hub.append(TOPIC);
            good.says("{\"type\":\"ping\"}");
            hub.settle();

            Deliveries deliveries = figures(hub).deliveries();
            assertThat(well.positions()).hasSize(2);
            assertThat(deliveries.count()).isEqualTo(2);
            assertThat(deliveries.seconds()).isPositive();
            assertThat(hub.meters.counts().closed()).isEqualTo(Map.of("send_failed", 1L));
            assertThat(hub.meters.counts().failed().get("send_failed")).isPositive();
        }
    }

    @Test
    @DisplayName("tell what waits, of how many bytes, and how old the oldest is that has not left")
    void tellTheQueues() {
        try (TestHub hub = new TestHub(new TestSettings())) {
            FakeSocket held = hub.socket(Mode.HELD);
            hub.connect(held, "topic:a");
            hub.connect(hub.socket(Mode.AT_ONCE));
            hub.append(TOPIC);
            hub.append(TOPIC);
            hub.append(TOPIC);
            hub.settle();

            Load load = figures(hub).load();
            assertThat(load.connections())
                    .isEqualTo(Map.of(Endpoint.CONSOLE, 2, Endpoint.EVENTS, 0, Endpoint.SYSTEM, 0));
            assertThat(load.subscriptions()).isEqualTo(1);
            assertThat(load.queuedFrames()).isEqualTo(2);
            assertThat(load.queuedBytes()).isPositive().isEqualTo(load.longestQueueBytes());
            assertThat(load.oldestQueueSeconds()).isPositive().isEqualTo(load.queueAgeSeconds());
            assertThat(figures(hub).load().oldestQueueSeconds()).isGreaterThan(load.oldestQueueSeconds());
            TestHub.soon().until(() -> {
                if (held.isHolding()) {
                    held.release();
                }
                hub.settle();
                return figures(hub).load().oldestQueueSeconds() == 0;
            });
        }
    }

    private static LoopFigures figures(TestHub hub) {
        return hub.loops.stream()
                .map(loop -> TestHub.await(CompletableFuture.supplyAsync(loop::figures, loop)))
                .reduce(LoopFigures.NONE, LoopFigures::plus);
    }
}
