package dev.observatory.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A sub-protocol")
class SubprotocolTest {

    @Test
    @DisplayName("named observatory.v1 puts several messages into a frame")
    void batches() {
        assertThat(Subprotocol.of("observatory.v1")).isEqualTo(Subprotocol.V1);
        assertThat(Subprotocol.V1.batches()).isTrue();
        assertThat(Subprotocol.V1.token()).isEqualTo("observatory.v1");
    }

    @ParameterizedTest(name = "{displayName}: ''{0}''")
    @DisplayName("of another name or of none means one message a frame")
    @NullAndEmptySource
    @ValueSource(strings = {"observatory.v2", "Observatory.v1", "observatory.v1 ", "bearer.x"})
    void isPlainOtherwise(String token) {
        assertThat(Subprotocol.of(token)).isEqualTo(Subprotocol.PLAIN);
        assertThat(Subprotocol.PLAIN.batches()).isFalse();
        assertThat(Subprotocol.PLAIN.token()).isEmpty();
    }

    @Test
    @DisplayName("can be negotiated unless it is the one without a name")
    void canBeNegotiated() {
        assertThat(Subprotocol.tokens()).containsExactly("observatory.v1", "observatory.v1.deflate");
        assertThat(Subprotocol.tokens())
                .allSatisfy(token -> assertThat(Subprotocol.of(token).token()).isEqualTo(token));
    }
}
