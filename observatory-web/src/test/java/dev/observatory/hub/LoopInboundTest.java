package dev.observatory.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.hub.FakeSocket.Mode;
import dev.observatory.hub.TestHub.Wire;
import dev.observatory.protocol.CloseCode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the network says")
class LoopInboundTest {

    @Test
    @DisplayName(
            "is carried out up to the limit a second; what is too much is answered, and in the end closes with 4504")
    void limitsCommands() {
        try (TestHub hub = new TestHub(new TestSettings().commandsPerSecond(1))) {
            Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));

            for (int i = 0; i < 5_000; i++) {
                wire.says("{\"type\":\"ping\"}");
            }
            hub.settle();

            assertThat(wire.socket().texts().stream().filter(text -> text.contains("pong")))
                    .hasSizeBetween(2, 3);
            assertThat(wire.socket().texts().stream().filter(text -> text.contains("rate_limited")))
                    .hasSize(20)
                    .allSatisfy(text -> assertThat(text).contains("\"action\":\"retry\""));
            TestHub.soon()
                    .untilAsserted(() -> assertThat(wire.socket().closes()).containsExactly(CloseCode.PROTOCOL_ERRORS));
            assertThat(hub.census()).isEqualTo(HubCensus.EMPTY);
        }
    }
}
