package dev.observatory.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.observatory.SettableClock;
import dev.observatory.alert.Alerts;
import dev.observatory.alert.MemoryAlertStore;
import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.message.Alert;
import dev.observatory.message.Alert.Severity;
import dev.observatory.message.Channel;
import dev.observatory.message.Detection;
import dev.observatory.message.Draft;
import dev.observatory.message.RiskLevel;
import dev.observatory.message.SecurityEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a pipeline reports")
class EventIntakeTest {

    private static final Duration SKEW = Duration.ofMinutes(5);

    private final SettableClock clock = new SettableClock();
    private final MemoryCameraStore store = new MemoryCameraStore();
    private final Cameras cameras = new Cameras(store, Duration.ofMinutes(1), 10, clock);
    private final List<Draft> drafts = new ArrayList<>();
    private final Alerts alerts = new Alerts(drafts::add, new MemoryAlertStore(), 10, clock);
    private final EventIntake intake = intake();

    private EventIntake intake() {
        return new EventIntake(store, cameras, alerts, 2, 100, SKEW, clock);
    }

    @BeforeEach
    void register() {
        cameras.alive("door", draft -> {});
    }

    @Test
    @DisplayName("is told once it is kept, in the order in which it came")
    void keptAndTold() {
        List<SecurityEvent> events = List.of(event("b", RiskLevel.LOW), event("a", RiskLevel.MEDIUM));
        intake.takeEvents(events, draft -> {
            assertThat(store.event("a")).isPresent();
            drafts.add(draft);
        });
        intake.takeDetections(List.of(detection("a", 0)), drafts::add);

        assertThat(drafts).extracting(Draft::data).containsExactly(events.get(0), events.get(1), detection("a", 0));
        assertThat(drafts)
                .extracting(Draft::channel)
                .containsExactly(Channel.EVENTS, Channel.EVENTS, Channel.DETECTIONS);
    }

    @Test
    @DisplayName("raises an alert when the risk is high or critical")
    void alerts() {
        intake.takeEvents(
                List.of(
                        event("a", RiskLevel.MEDIUM),
                        event("b", RiskLevel.HIGH),
                        event("c", RiskLevel.CRITICAL),
                        event("d", RiskLevel.CRITICAL)),
                drafts::add);

        assertThat(alerts.open())
                .extracting(Alert::severity)
                .containsExactly(Severity.CRITICAL, Severity.CRITICAL, Severity.ERROR);
        assertThat(alerts.open()).extracting(Alert::source).containsOnly("camera:door");
        assertThat(alerts.open().get(0).detail()).isEqualTo("event d");
    }

    @Test
    @DisplayName("has its summary shortened in its alert, of which all that are open are shown at once")
    void longSummary() {
        String summary = "x".repeat(999) + "\ud83d\ude00" + "y".repeat(1_000);
        new EventIntake(store, cameras, alerts, 2, 10_000, SKEW, clock)
                .takeEvents(
                        List.of(new SecurityEvent(
                                "a", "door", 50, RiskLevel.HIGH, summary, null, clock.instant(), null)),
                        drafts::add);

        assertThat(alerts.open().get(0).detail()).isEqualTo("x".repeat(999) + "…");
    }

    @Test
    @DisplayName("is taken as a whole or not at all, and the first that is wrong is named")
    void refused() {
        SecurityEvent unknown = new SecurityEvent("b", "yard", 1, RiskLevel.LOW, "x", null, clock.instant(), null);
        SecurityEvent early = new SecurityEvent(
                "b",
                "door",
                1,
                RiskLevel.LOW,
                "x",
                null,
                clock.instant().plus(SKEW).plusMillis(1),
                null);
        SecurityEvent wordy =
                new SecurityEvent("b", "door", 1, RiskLevel.LOW, "x", "x".repeat(101), clock.instant(), null);
        intake.takeEvents(List.of(event("z", RiskLevel.LOW)), draft -> {});

        refused(List.of(event("a", RiskLevel.LOW), unknown), 1, "cameraId", false);
        refused(List.of(event("a", RiskLevel.LOW), early), 1, "startedAt", false);
        refused(List.of(event("a", RiskLevel.LOW), wordy), 1, "reasoning", false);
        refused(List.of(event("a", RiskLevel.LOW), event("a", RiskLevel.LOW)), 1, "id", true);
        refused(List.of(event("z", RiskLevel.LOW)), 0, "id", true);
        store.away(true);
        assertThatThrownBy(() -> intake.takeEvents(List.of(event("a", RiskLevel.LOW)), drafts::add))
                .isInstanceOf(StoreUnavailableException.class);

        store.away(false);
        assertThat(drafts).isEmpty();
        assertThat(intake.recentEvents()).extracting(SecurityEvent::id).containsExactly("z");
        intake.takeEvents(List.of(event("a", RiskLevel.LOW)), drafts::add);
        assertThat(drafts).hasSize(1);
    }

    private void refused(List<SecurityEvent> events, int index, String component, boolean isConflict) {
        assertThatThrownBy(() -> intake.takeEvents(events, drafts::add))
                .isInstanceOfSatisfying(RefusedException.class, refusal -> {
                    assertThat(refusal.index()).isEqualTo(index);
                    assertThat(refusal.component()).isEqualTo(component);
                    assertThat(refusal.isConflict()).isEqualTo(isConflict);
                });
    }

    @Test
    @DisplayName("is remembered, the newest of it, over a restart too")
    void recent() {
        int more = EventIntake.RECENT_EVENTS + 5;
        List<SecurityEvent> events = IntStream.range(0, more)
                .mapToObj(i -> new SecurityEvent(
                        "e" + i,
                        "door",
                        i,
                        RiskLevel.LOW,
                        "x",
                        null,
                        clock.instant().minusSeconds(more - i),
                        null))
                .toList();
        intake.takeEvents(List.of(events.get(more - 1)), draft -> {});
        intake.takeEvents(events.subList(0, more - 1), draft -> {});

        List<String> newest = IntStream.range(0, EventIntake.RECENT_EVENTS)
                .mapToObj(i -> "e" + (more - 1 - i))
                .toList();
        assertThat(intake.recentEvents()).extracting(SecurityEvent::id).isEqualTo(newest);
        assertThat(intake().recentEvents()).extracting(SecurityEvent::id).isEqualTo(newest);
        intake.forgotEvents(events.get(more - 1).startedAt());
        assertThat(intake.recentEvents()).extracting(SecurityEvent::id).containsExactly("e" + (more - 1));
    }

    @Test
    @DisplayName("is refused for the moment when too much waits to be kept, and what waited is taken")
    void busy() throws InterruptedException {
        CountDownLatch isKeeping = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        store.beforeKeeping(() -> {
            isKeeping.countDown();
            await(goOn);
        });
        List<Thread> reporters = List.of(reporter("a"), reporter("b"));
        reporters.get(0).start();
        assertThat(isKeeping.await(20, TimeUnit.SECONDS)).isTrue();
        reporters.get(1).start();

        Awaitility.await().until(() -> reporters.get(1).getState() == Thread.State.WAITING);

        SecurityEvent third = event("c", RiskLevel.LOW);
        assertThatThrownBy(() -> intake.takeEvents(List.of(third), draft -> {})).isInstanceOf(BusyException.class);
        goOn.countDown();
        for (Thread reporter : reporters) {
            reporter.join();
        }

        assertThat(intake.recentEvents()).extracting(SecurityEvent::id).containsExactlyInAnyOrder("a", "b");
        intake.takeEvents(List.of(third), draft -> {});
    }

    private Thread reporter(String id) {
        return new Thread(() -> intake.takeEvents(List.of(event(id, RiskLevel.LOW)), draft -> {}));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SecurityEvent event(String id, RiskLevel level) {
        return new SecurityEvent(id, "door", 50, level, "event " + id, null, clock.instant(), null);
    }

    private Detection detection(String id, int secondsAgo) {
        Instant at = clock.instant().minusSeconds(secondsAgo);
        return new Detection(id, "door", "person", 0.5, at, 1, 2, 3, 4);
    }
}
