package dev.observatory.system;

import static dev.observatory.message.HealthStatus.DEGRADED;
import static dev.observatory.message.HealthStatus.OK;
import static dev.observatory.message.HealthStatus.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.SettableClock;
import dev.observatory.alert.Alerts;
import dev.observatory.alert.MemoryAlertStore;
import dev.observatory.message.Alert;
import dev.observatory.message.Alert.Severity;
import dev.observatory.message.ComponentHealth;
import dev.observatory.message.Draft;
import dev.observatory.message.HealthStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A component of the system")
class CheckupTest {

    private final List<Alert> told = new ArrayList<>();
    private final SettableClock clock = new SettableClock();
    private final Alerts alerts = new Alerts(this::tell, new MemoryAlertStore(), 10, clock);

    /** Checks that have begun and do not go on before the test lets them. */
    private final Queue<Runnable> checks = new ArrayDeque<>();

    private Supplier<Diagnosis> finding = () -> Diagnosis.ok(null);
    private final Checkup checkup = new Checkup(new Named(), alerts, checks::add, clock);

    @Test
    @DisplayName("is not known to work before it was checked, which is no reason for an alert")
    void unchecked() {
        assertThat(checkup.latest()).isEqualTo(new ComponentHealth("database", UNAVAILABLE, "not checked yet", null));
        assertThat(SystemHealth.of(List.of(checkup.latest())).status()).isEqualTo(DEGRADED);
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("is as it was found, and makes the whole degraded when it is not well")
    void found() {
        check(Diagnosis.ok("a remark"));
        assertThat(checkup.latest()).isEqualTo(new ComponentHealth("database", OK, "a remark", clock.instant()));
        assertThat(SystemHealth.of(List.of(checkup.latest())).status()).isEqualTo(OK);

        check(Diagnosis.unavailable("no room"));
        assertThat(SystemHealth.of(List.of(checkup.latest())).status()).isEqualTo(DEGRADED);
    }

    @Test
    @DisplayName("raises one alert while it is away, with what was wrong, and resolves it when it is well")
    void alert() {
        check(Diagnosis.ok(null));
        check(Diagnosis.unavailable("no room"));
        check(Diagnosis.unavailable("no room at all"));
        assertThat(checkup.latest().details()).isEqualTo("no room at all");
        assertThat(told).hasSize(1);
        assertThat(told.get(0).severity()).isEqualTo(Severity.ERROR);
        assertThat(told.get(0).source()).isEqualTo("database");
        assertThat(told.get(0).title()).isEqualTo("The database is unavailable");
        assertThat(told.get(0).detail()).isEqualTo("no room");

        check(Diagnosis.ok(null));
        assertThat(told).hasSize(2);
        assertThat(told.get(1)).isEqualTo(told.get(0).resolved(clock.instant()));
        check(Diagnosis.ok(null));
        assertThat(told).hasSize(2);
        assertThat(alerts.open()).isEmpty();
    }

    @Test
    @DisplayName("that becomes worse has another alert in place of the first")
    void worse() {
        check(new Diagnosis(HealthStatus.DEGRADED, "slow"));
        check(Diagnosis.unavailable("gone"));
        assertThat(told)
                .extracting(Alert::severity)
                .containsExactly(Severity.WARNING, Severity.WARNING, Severity.ERROR);
        assertThat(alerts.open()).extracting(Alert::detail).containsExactly("gone");
    }

    @Test
    @DisplayName("is checked once at a time, and unavailable while its check hangs")
    void hangs() {
        checkup.begin();
        clock.advance(Duration.ofSeconds(20));
        checkup.begin();
        assertThat(checks).hasSize(1);
        assertThat(told).isEmpty();

        clock.advance(Duration.ofMillis(1));
        checkup.begin();
        checkup.begin();
        assertThat(checkup.latest().details()).isEqualTo("It has not answered since 2026-01-02T12:00:00Z");
        assertThat(told).hasSize(1);

        checks.remove().run();
        assertThat(checkup.latest().status()).isEqualTo(OK);
        assertThat(alerts.open()).isEmpty();
        checkup.begin();
        assertThat(checks).hasSize(1);
    }

    @Test
    @DisplayName("is unavailable when its check fails, and is checked again")
    void fails() {
        finding = () -> {
            throw new IllegalStateException("on purpose");
        };
        check();
        assertThat(checkup.latest().status()).isEqualTo(UNAVAILABLE);
        assertThat(checkup.latest().details()).contains("on purpose");
        check(Diagnosis.ok(null));
        assertThat(checkup.latest().status()).isEqualTo(OK);
    }

    @Test
    @DisplayName("stays as it was found when the server has no thread for its check, and is checked the next time")
    void hasNoThread() {
        boolean[] isFull = {true};
        Checkup other = new Checkup(
                new Named(),
                alerts,
                check -> {
                    if (isFull[0]) {
                        throw new RejectedExecutionException("on purpose");
                    }
                    check.run();
                },
                clock);
        other.begin();
        clock.advance(Duration.ofMinutes(1));
        other.begin();
        assertThat(other.latest().details()).isEqualTo("not checked yet");
        assertThat(told).isEmpty();

        isFull[0] = false;
        other.begin();
        assertThat(other.latest().status()).isEqualTo(OK);
    }

    private void check(Diagnosis diagnosis) {
        finding = () -> diagnosis;
        check();
    }

    private void check() {
        clock.advance(Duration.ofSeconds(5));
        checkup.begin();
        checks.remove().run();
    }

    private void tell(Draft draft) {
        told.add((Alert) draft.data());
    }

    private final class Named implements Component {
        @Override
        public String name() {
            return "database";
        }

        @Override
        public Diagnosis check() {
            return finding.get();
        }
    }
}
