package dev.observatory.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.observatory.conversation.HookEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RequestsTest {

    private final Requests requests = new Requests();

    @Test
    @DisplayName("The same request made often is one request; different ones keep their order")
    void coalesced() throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            requests.look(Path.of("b"));
            requests.look(Path.of("a"));
            requests.lookBelow(Path.of("d"));
            requests.order(Requests.Order.SWEEP_ALL);
        }
        Requests.Batch batch = requests.take(Duration.ZERO);
        assertThat(batch.files()).containsExactly(Path.of("b"), Path.of("a"));
        assertThat(batch.directories()).containsExactly(Path.of("d"));
        assertThat(batch.orders()).containsExactly(Requests.Order.SWEEP_ALL);
    }

    @Test
    @DisplayName("What was taken does not come again")
    void takenOnce() throws InterruptedException {
        requests.look(Path.of("a"));
        requests.take(Duration.ZERO);
        assertThat(requests.take(Duration.ZERO)).isEqualTo(requests.take(Duration.ofMillis(1)));
        assertThat(requests.take(Duration.ZERO).files()).isEmpty();
    }

    @Test
    @DisplayName("What hooks tell comes through, each event and in order, as long as not too many wait")
    void hooks() throws InterruptedException {
        for (int i = 0; i < Requests.MAX_HOOKS; i++) {
            assertThat(requests.report(event(i))).isTrue();
        }
        assertThat(requests.report(event(-1))).isFalse();
        assertThat(requests.take(Duration.ZERO).hooks())
                .hasSize(Requests.MAX_HOOKS)
                .startsWith(event(0), event(1))
                .doesNotContain(event(-1));
        assertThat(requests.report(event(1))).isTrue();
        assertThat(requests.take(Duration.ZERO).hooks()).containsExactly(event(1));
    }

    private static HookEvent event(int number) {
        return new HookEvent("s" + number, HookEvent.Kind.TURN_END, null, null, Instant.EPOCH);
    }

    @Test
    @DisplayName("Who waits is woken by a request")
    void woken() {
        List<Requests.Batch> taken = new CopyOnWriteArrayList<>();
        Thread taker = new Thread(() -> {
            try {
                taken.add(requests.take(Duration.ofMinutes(1)));
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        });
        taker.start();
        await().until(() -> taker.getState() == Thread.State.TIMED_WAITING);
        requests.order(Requests.Order.TICK);
        await().untilAsserted(() -> assertThat(taken).hasSize(1));
    }
}
