package dev.observatory.hub;

import static dev.observatory.hub.Heartbeat.Due.CLOSE;
import static dev.observatory.hub.Heartbeat.Due.NOTHING;
import static dev.observatory.hub.Heartbeat.Due.PING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A heartbeat")
class HeartbeatTest {

    /** Nanosecond clocks may start anywhere, also where they are about to turn over. */
    private static final long START = Long.MAX_VALUE - 5_000_000_000L;

    private final Heartbeat heartbeat = new Heartbeat(Duration.ofSeconds(20), Duration.ofSeconds(10), 0.5, START);

    private static long at(double seconds) {
        return START + (long) (seconds * 1e9);
    }

    @Test
    @DisplayName("begins within the first interval, where its phase says")
    void beginsAtItsPhase() {
        assertThat(heartbeat.due(at(0))).isEqualTo(NOTHING);
        assertThat(heartbeat.due(at(9.999))).isEqualTo(NOTHING);
        assertThat(heartbeat.due(at(10))).isEqualTo(PING);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("pings for the first time after at most one interval, whatever the phase")
    @ValueSource(doubles = {0, 0.000001, 0.25, 0.999999})
    void beginsWithinOneInterval(double phase) {
        Heartbeat beat = new Heartbeat(Duration.ofSeconds(20), Duration.ofSeconds(10), phase, START);

        assertThat(beat.due(at(20))).isEqualTo(PING);
    }

    @Test
    @DisplayName("pings once an interval as long as it is answered")
    void pingsOnceAnInterval() {
        heartbeat.pinged(at(10));
        assertThat(heartbeat.due(at(11))).isEqualTo(NOTHING);
        heartbeat.pong(at(12));

        assertThat(heartbeat.due(at(29.9))).isEqualTo(NOTHING);
        assertThat(heartbeat.due(at(30))).isEqualTo(PING);
    }

    @Test
    @DisplayName("ends the connection when no answer has come in time, and not before")
    void endsWithoutAnswer() {
        heartbeat.pinged(at(10));

        assertThat(heartbeat.due(at(20))).isEqualTo(NOTHING);
        assertThat(heartbeat.due(at(20.001))).isEqualTo(CLOSE);
    }

    @Test
    @DisplayName("takes anything it hears for an answer")
    void takesAnythingForAnAnswer() {
        heartbeat.pinged(at(10));
        heartbeat.heard();

        assertThat(heartbeat.due(at(25))).isEqualTo(NOTHING);
        assertThat(heartbeat.due(at(30))).isEqualTo(PING);
    }

    @Test
    @DisplayName("does not ping again while an answer is out, though the timeout be longer than the interval")
    void waitsForTheAnswer() {
        Heartbeat patient = new Heartbeat(Duration.ofSeconds(1), Duration.ofSeconds(10), 0, START);
        patient.pinged(at(0));

        assertThat(patient.due(at(5))).isEqualTo(NOTHING);
        patient.pong(at(5));
        assertThat(patient.due(at(5))).isEqualTo(PING);
    }

    @Test
    @DisplayName("measures the round trip, and a pong that nobody asked for changes nothing")
    void measuresTheRoundTrip() {
        assertThat(heartbeat.roundTripMs()).isNull();
        heartbeat.pong(at(3));
        assertThat(heartbeat.roundTripMs()).isNull();
        heartbeat.pinged(at(10));
        heartbeat.pong(at(10.25));
        heartbeat.pong(at(11));

        assertThat(heartbeat.roundTripMs()).isEqualTo(250.0);
    }
}
