package dev.observatory.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A close code")
class CloseCodeTest {

    @ParameterizedTest(name = "{displayName}: {0} {1}")
    @DisplayName("has the number and the name of the protocol")
    @CsvSource({
        "1000, normal",
        "1009, too_big",
        "1011, internal_error",
        "4000, shutdown",
        "4002, slow_consumer",
        "4003, no_pong",
        "4502, connection_limit",
        "4504, protocol_errors",
    })
    void hasItsNumberAndName(int number, String name) {
        assertThat(Arrays.stream(CloseCode.values()).filter(code -> code.code() == number))
                .singleElement()
                .satisfies(code -> assertThat(code.reason()).isEqualTo(name));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("can be sent: a number that applications may use, a reason of at most 123 bytes")
    @EnumSource(CloseCode.class)
    void canBeSent(CloseCode code) {
        assertThat(code.code())
                .satisfiesAnyOf(
                        number -> assertThat(number).isIn(1000, 1009, 1011),
                        number -> assertThat(number).isBetween(4000, 4999));
        assertThat(code.reason().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(123);
    }

    @Test
    @DisplayName("can say when to come back")
    void saysWhen() {
        assertThat(CloseCode.SHUTDOWN.reason(Duration.ofMillis(1_500))).isEqualTo("shutdown retry_after_ms=1500");
        assertThat(CloseCode.SHUTDOWN.reason(Duration.ofDays(365))).hasSizeLessThanOrEqualTo(123);
    }

    @Test
    @DisplayName("is not shared by two endings")
    void isUnique() {
        assertThat(Arrays.stream(CloseCode.values()).map(CloseCode::code)).doesNotHaveDuplicates();
    }
}
