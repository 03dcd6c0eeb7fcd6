package dev.observatory.gpu;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The settings of GPUs")
class GpuConfigTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    @DisplayName("one that is of no use is refused by its name")
    void refused() {
        refused("command", " ", SECOND, SECOND, SECOND, 1, SECOND);
        refused("interval", "x", Duration.ZERO, SECOND, SECOND, 1, SECOND);
        refused("interval-absent", "x", SECOND, Duration.ZERO, SECOND, 1, SECOND);
        refused("timeout", "x", SECOND, SECOND, SECOND.negated(), 1, SECOND);
        refused("max-output-bytes", "x", SECOND, SECOND, SECOND, 0, SECOND);
        refused("inference-max-age", "x", SECOND, SECOND, SECOND, 1, Duration.ZERO);
    }

    private static void refused(
            String name,
            String command,
            Duration interval,
            Duration intervalAbsent,
            Duration timeout,
            int maxOutputBytes,
            Duration inferenceMaxAge) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GpuConfig(
                        Optional.of(command), interval, intervalAbsent, timeout, maxOutputBytes, inferenceMaxAge))
                .withMessageStartingWith("observatory.gpu." + name + " is ");
    }
}
