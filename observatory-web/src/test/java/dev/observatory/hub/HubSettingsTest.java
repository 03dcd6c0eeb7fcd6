package dev.observatory.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.observatory.protocol.ControlFrame;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The hub's settings")
class HubSettingsTest {

    @ParameterizedTest(name = "{displayName}: send {0}, interval {1}, timeout {2}")
    @DisplayName("have loops look after time at a fifth of what is shortest, a second at most")
    @CsvSource({
        "PT10S,   PT20S,   PT10S,   PT1S",
        "PT1S,    PT20S,   PT10S,   PT0.2S",
        "PT10S,   PT0.5S,  PT10S,   PT0.1S",
        "PT10S,   PT20S,   PT2S,    PT0.4S",
    })
    void giveTheTick(Duration send, Duration interval, Duration timeout, Duration tick) {
        HubSettings settings = new TestSettings()
                .sendTimeout(send)
                .heartbeat(interval, timeout)
                .build();

        assertThat(settings.tick()).isEqualTo(tick);
    }

    @Test
    @DisplayName("are refused by the name of the one that is not positive")
    void refuseWhatIsNotPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TestSettings().queueBytes(0).build())
                .withMessageContaining("observatory.delivery.queue-bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new TestSettings().sendTimeout(Duration.ofSeconds(-1)).build())
                .withMessageContaining("observatory.delivery.send-timeout");
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HubSettings(
                        1,
                        1,
                        1,
                        second,
                        0,
                        second,
                        1,
                        1,
                        1,
                        1,
                        second,
                        second,
                        second,
                        1,
                        1,
                        1,
                        1,
                        Duration.ZERO,
                        1,
                        second))
                .withMessageContaining("observatory.commands.error-window");
    }

    @Test
    @DisplayName("tell clients what the limits and the heartbeat are")
    void tellClients() {
        HubSettings settings = new TestSettings()
                .heartbeat(Duration.ofSeconds(20), Duration.ofSeconds(10))
                .commandsPerSecond(50)
                .build();

        assertThat(settings.limits(0)).isEqualTo(new ControlFrame.Limits(65_536, 50, 200, 200, null));
        assertThat(settings.heartbeat()).isEqualTo(new ControlFrame.Heartbeat(20_000, 10_000));
    }
}
