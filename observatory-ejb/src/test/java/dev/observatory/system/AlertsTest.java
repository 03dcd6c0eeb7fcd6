package dev.observatory.system;

import static org.assertj.core.api.Assertions.assertThat;

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
    private final Alerts alerts = new Alerts(drafts::add, clock);

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

    private void raise(String source, String kind, String detail) {
        alerts.raise(source, kind, Severity.ERROR, "It is away", detail);
    }

    private Alert told(int index) {
        return (Alert) drafts.get(index).data();
    }
}
