package dev.observatory.system;

import static dev.observatory.message.HealthStatus.DEGRADED;
import static dev.observatory.message.HealthStatus.OK;
import static dev.observatory.message.HealthStatus.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.SettableClock;
import dev.observatory.conversation.HookFigures;
import dev.observatory.message.ComponentHealth;
import dev.observatory.message.SystemStatus;
import dev.observatory.message.SystemStatus.Backfill;
import dev.observatory.message.SystemStatus.Host;
import dev.observatory.message.SystemStatus.Jvm;
import dev.observatory.message.SystemStatus.Percentiles;
import dev.observatory.message.SystemStatus.Watch;
import dev.observatory.watch.WatchStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The status of the system")
class StatusAssemblyTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final List<ComponentHealth> COMPONENTS = List.of(
            new ComponentHealth("database", UNAVAILABLE, "away", NOON), new ComponentHealth("watcher", OK, null, NOON));

    @Test
    @DisplayName("B7.4 has what was found of every part")
    void hasEverything() {
        Jvm jvm = new Jvm(1, 2, 3, 4, "17");
        Host host = new Host(5.5, 6L, 7L, 8L, 9L);
        Percentiles took = new Percentiles(1, 2, 3);

        SystemStatus status = assembled(Optional.of(new DeliveryReport.Figures(12, 3.5, 200, took)), jvm, host);

        assertThat(status)
                .isEqualTo(new SystemStatus(
                        DEGRADED,
                        NOON,
                        COMPONENTS,
                        12,
                        3.5,
                        took,
                        new Watch(21, 22, 24, new Backfill(33, 34)),
                        jvm,
                        host));
    }

    @Test
    @DisplayName("lacks what is not known")
    void lacksWhatIsUnknown() {
        SystemStatus early = assembled(Optional.of(new DeliveryReport.Figures(0, null, 0, null)), null, null);
        assertThat(early.connections()).isZero();
        assertThat(early.messagesPerS()).isNull();
        assertThat(early.deliveryMs()).isNull();
        assertThat(early.host()).isNull();

        assertThat(assembled(Optional.empty(), null, null).connections()).isNull();
    }

    private static SystemStatus assembled(Optional<DeliveryReport.Figures> delivery, Jvm jvm, Host host) {
        return new StatusAssembly(
                        () -> SystemHealth.of(COMPONENTS),
                        () -> delivery,
                        StatusAssemblyTest::watch,
                        () -> jvm,
                        () -> host,
                        new SettableClock(NOON))
                .assemble();
    }

    static WatchStatus watch() {
        return new WatchStatus(
                List.of(),
                21,
                new WatchStatus.Progress(31, 32, 33, 34),
                22,
                23,
                24,
                25,
                true,
                true,
                null,
                HookFigures.NONE,
                WatchStatus.Retention.NONE,
                NOON);
    }
}
