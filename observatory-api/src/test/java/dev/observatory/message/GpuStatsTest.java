package dev.observatory.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The stats of a GPU")
class GpuStatsTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @ParameterizedTest
    @DisplayName("have values from end to end of their ranges, or none")
    @CsvSource({
        "0,   0,   0,                   0,                   -50, 0",
        "255, 100, 7,                   7,                   150, 1.7976931348623157E308",
        "1,   ,    ,                    ,                    ,    ",
        "1,   ,    9223372036854775807, ,                    ,    ",
    })
    void areTaken(int index, Integer utilization, Long used, Long total, Integer temperature, Double fps) {
        assertThat(new GpuStats(index, null, utilization, used, total, temperature, fps, NOON).gpuIndex())
                .isEqualTo(index);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("have no value out of its range")
    @CsvSource({
        "gpuIndex,       -1,  ,    ,   ,   ,    ",
        "gpuIndex,       256, ,    ,   ,   ,    ",
        "gpuUtilization, 0,   -1,  ,   ,   ,    ",
        "gpuUtilization, 0,   101, ,   ,   ,    ",
        "memoryUsed,     0,   ,    -1, ,   ,    ",
        "memoryUsed,     0,   ,    8,  7,  ,    ",
        "memoryTotal,    0,   ,    ,   -1, ,    ",
        "temperature,    0,   ,    ,   ,   -51, ",
        "temperature,    0,   ,    ,   ,   151, ",
        "inferenceFps,   0,   ,    ,   ,   ,    -0.1",
        "inferenceFps,   0,   ,    ,   ,   ,    NaN",
        "inferenceFps,   0,   ,    ,   ,   ,    Infinity",
    })
    void areRefused(
            String name, int index, Integer utilization, Long used, Long total, Integer temperature, Double fps) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GpuStats(index, null, utilization, used, total, temperature, fps, NOON))
                .withMessageStartingWith(name + " ");
    }

    @Test
    @DisplayName("have a time")
    void haveATime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GpuStats(0, null, null, null, null, null, null, null));
    }
}
