package dev.observatory.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What cameras see")
class CameraRecordsTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("is no event with a value that cannot be")
    @CsvSource(
            nullValues = "null",
            value = {
                "id,        '',   door, 1,   LOW,  s,    0",
                "id,        null, door, 1,   LOW,  s,    0",
                "id,        a b,  door, 1,   LOW,  s,    0",
                "cameraId,  a,    null, 1,   LOW,  s,    0",
                "cameraId,  a,    ../x, 1,   LOW,  s,    0",
                "riskScore, a,    door, -1,  LOW,  s,    0",
                "riskScore, a,    door, 101, LOW,  s,    0",
                "riskLevel, a,    door, 1,   null, s,    0",
                "summary,   a,    door, 1,   LOW,  null, 0",
                "summary,   a,    door, 1,   LOW,  ' ',  0",
                "startedAt, a,    door, 1,   LOW,  s,    null",
                "endedAt,   a,    door, 1,   LOW,  s,    1",
            })
    void event(String wrong, String id, String camera, int score, RiskLevel level, String summary, Integer after) {
        Instant started = after == null ? null : NOON.plusSeconds(after);
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new SecurityEvent(id, camera, score, level, summary, null, started, NOON))
                .satisfies(e -> assertThat(e.component()).isEqualTo(wrong));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("is no detection with a value that cannot be")
    @CsvSource(
            nullValues = "null",
            value = {
                "objectType, ' ',    0.5,      0,        0,  0,  0",
                "confidence, person, NaN,      0,        0,  0,  0",
                "confidence, person, 1.0001,   0,        0,  0,  0",
                "confidence, person, -0.1,     0,        0,  0,  0",
                "confidence, person, Infinity, 0,        0,  0,  0",
                "bboxX,      person, 0.5,      -1000001, 0,  0,  0",
                "bboxWidth,  person, 0.5,      0,        0,  -1, 0",
                "bboxHeight, person, 0.5,      0,        0,  0,  -1",
            })
    void detection(String wrong, String type, double confidence, int x, int y, int width, int height) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new Detection("d", "door", type, confidence, NOON, x, y, width, height))
                .satisfies(e -> assertThat(e.component()).isEqualTo(wrong));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("is told in a range with its bounds")
    @CsvSource({"-1, riskScore is a number from 0 to 100", "101, riskScore is a number from 0 to 100"})
    void message(int score, String message) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new SecurityEvent("a", "door", score, RiskLevel.LOW, "s", null, NOON, null))
                .withMessage(message);
    }
}
