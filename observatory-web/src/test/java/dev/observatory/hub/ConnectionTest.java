package dev.observatory.hub;

import static dev.observatory.hub.TestHub.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.hub.FakeSocket.Mode;
import dev.observatory.hub.TestHub.Wire;
import dev.observatory.message.Channel;
import dev.observatory.protocol.CloseCode;
import dev.observatory.protocol.Subprotocol;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A connection")
class ConnectionTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private TestHub hub = new TestHub(new TestSettings());

    @AfterEach
    void close() {
        hub.close();
    }

    private void restart(TestSettings settings) {
        hub.close();
        hub = new TestHub(settings);
    }

    @Test
    @DisplayName("is closed as too slow when a send does not end in time, and others notice nothing")
    void endsWhenASendDoesNot() {
        restart(new TestSettings().sendTimeout(Duration.ofMillis(100)));
        Wire stalled = hub.connect(hub.socket(Mode.HELD), "alerts");
        // not LATER: another thread may be as long as that
        Wire other = hub.connect(hub.socket(Mode.AT_ONCE), "alerts");
        hub.append(Channel.ALERTS);

        soon().untilAsserted(() -> assertThat(stalled.socket().closes()).containsExactly(CloseCode.SLOW_CONSUMER));
        hub.append(Channel.ALERTS);

        soon().untilAsserted(() -> assertThat(other.socket().positions()).containsExactly(1L, 2L));
        assertThat(stalled.socket().positions()).containsExactly(1L);
        assertThat(other.socket().closes()).isEmpty();
        assertThat(hub.census().connections()).containsExactly(other.id());
    }

    @Test
    @DisplayName("is closed when no pong has come in time")
    void endsWithoutPong() {
        restart(new TestSettings().heartbeat(MINUTE, Duration.ofMillis(100)));
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE), Subprotocol.PLAIN, 0, "alerts");

        soon().untilAsserted(() -> assertThat(wire.socket().closes()).containsExactly(CloseCode.NO_PONG));
        assertThat(wire.socket().pings()).isEqualTo(1);
        assertThat(hub.census()).isEqualTo(HubCensus.EMPTY);
    }

    @Test
    @DisplayName("lives on pongs alone, and measures the round trip")
    void livesOnPongs() {
        restart(new TestSettings().heartbeat(Duration.ofMillis(20), Duration.ofSeconds(20)));
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE), Subprotocol.PLAIN, 0);

        for (int ping = 1; ping <= 5; ping++) {
            int expected = ping;
            soon().until(() -> wire.socket().pings() == expected);
            wire.inbound().pong();
        }

        wire.says("{\"type\":\"status\"}");
        soon().until(() -> !wire.socket().frames("status").isEmpty());
        JsonObject status = wire.socket().frames("status").get(0).getJsonObject("data");
        assertThat(status.getJsonNumber("round_trip_ms").doubleValue()).isPositive();
        assertThat(wire.socket().closes()).isEmpty();
    }

    @Test
    @DisplayName("lives on a pong that came in time, however late its loop finds out")
    void livesWhileItsLoopIsBusy() {
        restart(new TestSettings().heartbeat(MINUTE, Duration.ofSeconds(2)));
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE), Subprotocol.PLAIN, 0);
        CountDownLatch busy = new CountDownLatch(1);
        soon().until(() -> wire.socket().pings() == 1);
        long pinged = System.nanoTime();
        wire.connection().loop().execute(() -> hold(busy));

        wire.inbound().pong();
        soon().until(() -> System.nanoTime() - pinged > 2_200_000_000L);
        busy.countDown();
        hub.settle();

        assertThat(wire.socket().closes()).isEmpty();
        assertThat(hub.census().connections()).containsExactly(wire.id());
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("is closed when a ping cannot be sent")
    void endsWhenAPingFails() {
        restart(new TestSettings().heartbeat(MINUTE, Duration.ofMillis(100)));
        FakeSocket socket = hub.socket(Mode.AT_ONCE);
        socket.failPings();
        hub.connect(socket, Subprotocol.PLAIN, 0);

        soon().untilAsserted(() -> assertThat(socket.closes()).containsExactly(CloseCode.NO_PONG));
    }

    @Test
    @DisplayName("pings between two sends, so that no load keeps its heart from beating")
    void pingsUnderLoad() {
        Wire wire = hub.connect(hub.socket(Mode.HELD), Subprotocol.PLAIN, 0, "alerts");
        hub.append(Channel.ALERTS);
        hub.append(Channel.ALERTS);
        hub.settle();

        assertThat(wire.socket().pings()).isEqualTo(1);
        assertThat(wire.socket().overlaps()).isZero();
        wire.socket().release();
        hub.settle();
        assertThat(wire.socket().positions()).containsExactly(1L, 2L);
    }

    @Test
    @DisplayName("never pings while a send is under way")
    void keepsPingsOutOfSends() {
        restart(new TestSettings().heartbeat(Duration.ofMillis(5), Duration.ofSeconds(20)));
        Wire wire = hub.connect(hub.socket(Mode.LATER), Subprotocol.PLAIN, 0, "alerts");

        for (int ping = 1; ping <= 20; ping++) {
            int expected = ping;
            soon().until(() -> {
                hub.append(Channel.ALERTS);
                return wire.socket().pings() >= expected;
            });
            wire.inbound().pong();
        }

        assertThat(wire.socket().overlaps()).isZero();
    }

    @Test
    @DisplayName("hears once that a send is done, though a server say so twice")
    void hearsOnceThatASendIsDone() {
        Wire wire = hub.connect(hub.socket(Mode.HELD), "alerts");
        hub.append(Channel.ALERTS);
        hub.append(Channel.ALERTS);
        hub.append(Channel.ALERTS);
        hub.settle();

        wire.socket().reportWithoutEnd();
        wire.socket().release();
        hub.settle();

        assertThat(wire.socket().positions()).containsExactly(1L, 2L);
    }

    @Test
    @DisplayName("is not brought back to life by a command that was queued when it ended")
    void staysEnded() {
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE), "alerts");
        wire.inbound().closed();
        wire.subscribes("conversation:1");
        wire.says("{\"type\":\"ping\"}");
        wire.inbound().pong();
        wire.inbound().tooLarge();
        hub.append(Channel.conversation("1"));
        hub.settle();

        assertThat(wire.socket().texts()).isEmpty();
        assertThat(hub.census()).isEqualTo(HubCensus.EMPTY);
    }

    @Test
    @DisplayName("is closed after twenty errors in short time, all of which are answered")
    void endsAfterTwentyErrors() {
        Wire wire = hub.connect(hub.socket(Mode.LATER), "alerts");
        for (int i = 0; i < 19; i++) {
            wire.says("nonsense");
        }
        hub.settle();
        assertThat(wire.socket().closes()).isEmpty();

        wire.says("nonsense");
        wire.says("{\"type\":\"ping\"}");

        soon().untilAsserted(() -> assertThat(wire.socket().closes()).containsExactly(CloseCode.PROTOCOL_ERRORS));
        assertThat(wire.socket().frames("error")).hasSize(20);
        assertThat(wire.socket().frames("pong")).isEmpty();
        assertThat(hub.census()).isEqualTo(HubCensus.EMPTY);
    }

    @Test
    @DisplayName("is closed when a message goes far beyond what is allowed")
    void endsWhenFlooded() {
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE), "alerts");

        wire.inbound().tooLarge();
        hub.settle();
        wire.inbound().flooded();

        soon().untilAsserted(() -> assertThat(wire.socket().closes()).containsExactly(CloseCode.TOO_BIG));
        assertThat(wire.socket().frames("error")).hasSize(1);
    }

    @Test
    @DisplayName("shows what it is subscribed to, what waits, and the last number of each home channel it holds")
    void showsItself() {
        Wire wire = hub.connect(hub.socket(Mode.HELD), "alerts", "conversation:1");
        hub.append(Channel.ALERTS);
        hub.append(Channel.ALERTS);
        hub.append(Channel.conversation("1"));
        hub.settle();
        wire.socket().release();
        hub.settle();

        wire.says("{\"type\":\"status\",\"id\":4}");
        hub.settle();
        wire.socket().become(Mode.AT_ONCE);
        wire.socket().release();
        hub.settle();

        JsonObject frame = wire.socket().frames("status").get(0);
        assertThat(frame.getInt("reply_to")).isEqualTo(4);
        JsonObject status = frame.getJsonObject("data");
        assertThat(status.getJsonArray("subscriptions").toString()).isEqualTo("[\"alerts\",\"conversation:1\"]");
        assertThat(status.getInt("queued_messages")).isEqualTo(1);
        assertThat(status.getInt("queued_bytes")).isPositive();
        assertThat(status.getJsonObject("last_seq").toString()).isEqualTo("{\"alerts\":1}");
        assertThat(status).doesNotContainKey("round_trip_ms");
    }

    @Test
    @DisplayName("gets nothing of a channel any more once that is left")
    void leavesChannels() {
        Wire wire = hub.connect(hub.socket(Mode.AT_ONCE), "alerts", "file_events");
        wire.says("{\"type\":\"unsubscribe\",\"data\":{\"channels\":[\"alerts\",\"conversation:1\"]}}");
        hub.settle();
        hub.append(Channel.ALERTS);
        hub.append(Channel.FILE_EVENTS);
        hub.settle();

        assertThat(wire.socket().positions()).isEqualTo(List.of(2L));
        assertThat(hub.census().subscriptions()).isEqualTo(1);
    }
}
