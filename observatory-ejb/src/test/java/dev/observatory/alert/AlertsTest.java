package dev.observatory.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.observatory.SettableClock;
import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.journal.JsonEncoder;
import dev.observatory.message.Alert;
import dev.observatory.message.Alert.Severity;
import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An alert")
class AlertsTest {

    private final List<Draft> drafts = new ArrayList<>();
    private final SettableClock clock = new SettableClock();
    private final MemoryAlertStore store = new MemoryAlertStore();
    private final Alerts alerts = new Alerts(drafts::add, store, 3, clock);

    @Test
    @DisplayName("is told when it is raised and when it is resolved, as the same one")
    void raisedAndResolved() {
        raise("database", "away", "no room");
        clock.advance(Duration.ofMinutes(1));
        alerts.resolve("database", "away");

        assertThat(drafts).extracting(Draft::channel).containsOnly(Channel.ALERTS);
        assertThat(drafts).extracting(Draft::type).containsOnly("alert");
        Alert raised = told(0);
        assertThat(raised.resolvedAt()).isNull();
        assertThat(told(1)).isEqualTo(raised.resolved(clock.instant()));
        assertThat(new JsonEncoder().encode(told(1)))
                .isEqualTo("{\"detail\":\"no room\",\"id\":\"" + raised.id()
                        + "\",\"raised_at\":\"2026-01-02T12:00:00.000Z\",\"resolved_at\":\"2026-01-02T12:01:00.000Z\","
                        + "\"severity\":\"error\",\"source\":\"database\",\"title\":\"It is away\"}");
    }

    @Test
    @DisplayName("is told once as long as it is open, and anew when it comes again")
    void noFlood() {
        raise("database", "away", "one");
        raise("database", "away", "two");
        assertThat(drafts).hasSize(1);

        alerts.resolve("database", "away");
        alerts.resolve("database", "away");
        assertThat(drafts).hasSize(2);

        raise("database", "away", "three");
        assertThat(drafts).hasSize(3);
        assertThat(told(2).id()).isNotEqualTo(told(0).id());
    }

    @Test
    @DisplayName("is open beside those of other sources and kinds, the newest first")
    void open() {
        raise("database", "away", "a");
        raise("database", "slow", "b");
        raise("watcher", "away", "c");
        assertThat(alerts.open()).extracting(Alert::detail).containsExactly("c", "b", "a");

        alerts.resolve("database", "slow");
        assertThat(alerts.open()).extracting(Alert::detail).containsExactly("c", "a");
    }

    @Test
    @DisplayName("of something that happened is open until it is acknowledged, and told then")
    void once() {
        alerts.report("camera door", Severity.CRITICAL, "Somebody is at the door", "a man with a crowbar");
        String id = told(0).id();
        clock.advance(Duration.ofMinutes(1));

        Alert acknowledged = alerts.acknowledge(id, "ann").orElseThrow();

        assertThat(acknowledged)
                .isEqualTo(told(0).acknowledged(clock.instant(), "ann").resolved(clock.instant()));
        assertThat(told(1)).isEqualTo(acknowledged);
        assertThat(alerts.open()).isEmpty();
        assertThat(alerts.acknowledge(id, "bob")).contains(acknowledged);
        alerts.keep();
        assertThat(alerts.acknowledge(id, "bob")).contains(acknowledged);
        assertThat(drafts).hasSize(2);
    }

    @Test
    @DisplayName("of trouble that lasts stays open when it is acknowledged, until it is over")
    void acknowledged() {
        raise("database", "away", "no room");
        Alert acknowledged = alerts.acknowledge(told(0).id(), "ann").orElseThrow();
        assertThat(alerts.open()).containsExactly(acknowledged);

        alerts.resolve("database", "away");

        assertThat(told(2)).isEqualTo(acknowledged.resolved(clock.instant()));
        assertThat(alerts.acknowledge("no such alert", "ann")).isEmpty();
    }

    @Test
    @DisplayName("that is over can still be acknowledged")
    void acknowledgedLater() {
        raise("database", "away", "no room");
        alerts.resolve("database", "away");
        alerts.keep();

        assertThat(alerts.acknowledge(told(0).id(), "ann")).contains(told(1).acknowledged(clock.instant(), "ann"));
        alerts.keep();

        assertThat(store.alert(told(0).id()).orElseThrow().alert()).isEqualTo(told(2));
        assertThat(alerts.open()).isEmpty();
    }

    @Test
    @DisplayName("of something that happened is closed, the oldest first, where there are too many")
    void bounded() {
        raise("database", "away", "lasts");
        for (int i = 0; i < 4; i++) {
            alerts.report("camera door", Severity.ERROR, "number " + i, null);
        }

        assertThat(alerts.open()).extracting(Alert::title).containsExactly("number 3", "number 2", "It is away");
        assertThat(drafts)
                .extracting(draft -> (Alert) draft.data())
                .filteredOn(alert -> alert.resolvedAt() != null)
                .extracting(Alert::title)
                .containsExactly("number 0", "number 1");
    }

    @Test
    @DisplayName("is kept once the store is there, and goes on in the next process")
    void kept() {
        store.away(true);
        raise("database", "away", "no room");
        alerts.report("camera door", Severity.ERROR, "at the door", null);
        assertThatThrownBy(alerts::keep).isInstanceOf(StoreUnavailableException.class);
        store.away(false);
        alerts.keep();

        Alerts next = new Alerts(drafts::add, store, 3, clock);
        next.raise("watcher", "away", Severity.ERROR, "It is away", "new");
        next.keep();

        assertThat(next.open()).extracting(Alert::detail).containsExactly("new", null, "no room");
        assertThat(next.open().subList(1, 3)).isEqualTo(alerts.open());
        next.resolve("database", "away");
        next.keep();
        assertThat(store.open()).extracting(kept -> kept.alert().source()).containsExactly("camera door", "watcher");
    }

    @Test
    @DisplayName("that another process has left open ends when the same trouble has been told by this one")
    void takenOver() {
        raise("database", "away", "then");
        alerts.keep();
        Alerts next = new Alerts(drafts::add, store, 3, clock);
        next.raise("database", "away", Severity.ERROR, "It is away", "now");
        next.keep();

        assertThat(next.open()).extracting(Alert::detail).containsExactly("now");
        assertThat(told(2)).isEqualTo(told(0).resolved(clock.instant()));
        next.keep();
        assertThat(store.open()).hasSize(1);
    }

    private void raise(String source, String kind, String detail) {
        alerts.raise(source, kind, Severity.ERROR, "It is away", detail);
    }

    private Alert told(int index) {
        return (Alert) drafts.get(index).data();
    }
}
