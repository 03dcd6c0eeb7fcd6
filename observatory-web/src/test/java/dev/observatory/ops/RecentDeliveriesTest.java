package dev.observatory.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.hub.HubFigures.Deliveries;
import dev.observatory.message.SystemStatus.Percentiles;
import dev.observatory.system.DeliveryReport.Figures;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What was delivered in the last minute")
class RecentDeliveriesTest {

    private final RecentDeliveries recent = new RecentDeliveries();
    private final FakeHub hub = new FakeHub();

    /** Seconds. */
    private double now = -3;

    @Test
    @DisplayName("is not known before the second count, but the connections are; what was before is not counted")
    void isNotKnownAtFirst() {
        hub.connections = 3;
        hub.messages = 1_000_000;
        hub.delivers(1_000_000, 9);

        assertThat(count()).isEqualTo(new Figures(3, null, 0, null));

        hub.messages += 50;
        now += 4;
        assertThat(count()).isEqualTo(new Figures(3, 12.5, 0, null));
    }

    @Test
    @DisplayName("is told by its percentiles, as if times lay evenly within a bucket")
    void isToldByItsPercentiles() {
        count();
        hub.delivers(50, 0.015);
        hub.delivers(45, 0.04);
        hub.delivers(4, 0.2);
        hub.delivers(1, 4);
        now += 5;

        Figures figures = count();

        assertThat(figures.deliveries()).isEqualTo(100);
        assertThat(figures.deliveryMs()).isEqualTo(new Percentiles(20, 50, 250));

        hub.delivers(1, 0.00001);
        now += 60;
        assertThat(count().deliveryMs()).isEqualTo(new Percentiles(0.125, 0.238, 0.248));
    }

    @Test
    @DisplayName("took 10 s where it took longer than any bucket tells")
    void endsAtTheLastBound() {
        count();
        hub.delivers(90, 0.7);
        hub.delivers(10, 3_000);
        now += 5;

        assertThat(count().deliveryMs()).isEqualTo(new Percentiles(777.778, 10_000, 10_000));
    }

    @Test
    @DisplayName("is the minute that ends now, however often it was counted, and longer only where there was no count")
    void isAMinute() {
        for (int i = 0; i < 200; i++) {
            hub.messages += 10;
            hub.delivers(2, 0.001);
            now += 5;
            count();
        }
        hub.messages += 10;
        now += 5;
        Figures figures = count();
        assertThat(figures.messagesPerS()).isEqualTo(2);
        assertThat(figures.deliveries()).isEqualTo(22);

        now += 1_000;
        hub.messages += 100;
        assertThat(count()).isEqualTo(new Figures(0, 0.1, 0, null));
    }

    @Test
    @DisplayName("is nothing within no time")
    void isNothingWithinNoTime() {
        count();
        hub.messages = 5;
        assertThat(count()).isEqualTo(new Figures(0, null, 0, null));
    }

    @Test
    @DisplayName("has percentiles within the bucket in which the exact ones lie, whatever the times are")
    void isNearTheTruth() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            count();
            double[] times = random.doubles(1 + random.nextInt(300), 0.000001, 1)
                    .map(share -> Math.pow(share, 6) * 9.9)
                    .toArray();
            Arrays.stream(times).forEach(time -> hub.delivers(1, time));
            now += 61;
            Percentiles found = count().deliveryMs();
            now += 61;

            Arrays.sort(times);
            Map.of(0.5, found.p50(), 0.95, found.p95(), 0.99, found.p99())
                    .forEach((share, ms) -> assertThat(ms)
                            .isBetween(
                                    lowerBound(exact(times, share)) * 1000 - 0.001,
                                    upperBound(exact(times, share)) * 1000 + 0.001));
            assertThat(found.p50()).isLessThanOrEqualTo(found.p95());
            assertThat(found.p95()).isLessThanOrEqualTo(found.p99());
        }
    }

    private Figures count() {
        return recent.add(hub.figures(), (long) (now * 1e9));
    }

    private static double exact(double[] sorted, double share) {
        return sorted[(int) Math.ceil(sorted.length * share) - 1];
    }

    private static double upperBound(double time) {
        return Deliveries.BOUNDS_SECONDS.stream()
                .filter(bound -> bound >= time)
                .findFirst()
                .orElseThrow();
    }

    private static double lowerBound(double time) {
        return Deliveries.BOUNDS_SECONDS.stream().filter(bound -> bound < time).reduce(0.0, Math::max);
    }
}
