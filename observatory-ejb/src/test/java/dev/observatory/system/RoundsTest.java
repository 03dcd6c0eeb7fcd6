package dev.observatory.system;

import static dev.observatory.message.HealthStatus.OK;
import static dev.observatory.message.HealthStatus.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.observatory.SettableClock;
import dev.observatory.alert.Alerts;
import dev.observatory.alert.MemoryAlertStore;
import dev.observatory.message.ComponentHealth;
import dev.observatory.message.Draft;
import dev.observatory.message.HealthStatus;
import dev.observatory.message.SystemStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rounds of checks")
class RoundsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SettableClock clock = new SettableClock();
    private final List<SystemStatus> told = new ArrayList<>();
    private final Alerts alerts = new Alerts(alert -> {}, new MemoryAlertStore(), 10, clock);

    /** Checks of the one that hangs. */
    private final Queue<Runnable> hanging = new ArrayDeque<>();

    private int checked;
    private final List<Checkup> checkups = List.of(checkup("first", hanging::add), checkup("second", Runnable::run));
    private final Rounds rounds = rounds(Duration.ofSeconds(5));

    @Test
    @DisplayName("begin at once and then every 5 s, and each is told a second later")
    void keepTheirInterval() {
        List<Integer> tellings = new ArrayList<>();
        for (int second = 0; second < 12; second++) {
            int before = told.size();
            rounds.supervise();
            if (told.size() > before) {
                tellings.add(second);
            }
            clock.advance(SECOND);
        }

        assertThat(checked).isEqualTo(3);
        assertThat(tellings).containsExactly(1, 6, 11);
    }

    @Test
    @DisplayName("are told also while a check hangs, which is said of its component, and the others are checked")
    void areToldWhileACheckHangs() {
        for (int second = 0; second < 27; second++) {
            rounds.supervise();
            clock.advance(SECOND);
        }

        assertThat(told).hasSize(6);
        assertThat(told.get(0).components())
                .extracting(ComponentHealth::name, ComponentHealth::status)
                .containsExactly(tuple("first", UNAVAILABLE), tuple("second", OK));
        assertThat(told.get(0).components().get(0).details()).isEqualTo("not checked yet");
        assertThat(told.get(5).components().get(0).details()).startsWith("It has not answered since");
        assertThat(told.get(5).components().get(1).lastChecked())
                .isEqualTo(clock.instant().minus(SECOND.multipliedBy(2)));
        assertThat(told.get(5).status()).isEqualTo(HealthStatus.DEGRADED);

        hanging.remove().run();
        for (int second = 0; second < 5; second++) {
            rounds.supervise();
            clock.advance(SECOND);
        }
        assertThat(told.get(6).status()).isEqualTo(OK);
    }

    @Test
    @DisplayName("are told all when they begin each second, each with the beginning of the next")
    void followEachOther() {
        Rounds often = rounds(SECOND);
        for (int second = 0; second < 4; second++) {
            often.supervise();
            clock.advance(SECOND);
        }

        assertThat(checked).isEqualTo(4);
        assertThat(told).hasSize(3);
    }

    @Test
    @DisplayName("go on when the clock is set back")
    void goOnAfterTheClockIsSetBack() {
        rounds.supervise();
        clock.advance(Duration.ofDays(-1));
        rounds.supervise();

        assertThat(checked).isEqualTo(2);
    }

    private Rounds rounds(Duration interval) {
        StatusAssembly assembly = new StatusAssembly(
                () -> SystemHealth.of(checkups.stream().map(Checkup::latest).toList()),
                Optional::empty,
                StatusAssemblyTest::watch,
                () -> null,
                () -> null,
                clock);
        Pulse pulse = new Pulse(assembly::assemble, new LatestStatus(), this::tell, Runnable::run);
        return new Rounds(checkups, pulse, interval, clock);
    }

    private void tell(Draft draft) {
        told.add((SystemStatus) draft.data());
    }

    private Checkup checkup(String name, Executor executor) {
        Component component = new Component() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Diagnosis check() {
                checked += name.equals("second") ? 1 : 0;
                return Diagnosis.ok(null);
            }
        };
        return new Checkup(component, alerts, executor, clock);
    }
}
