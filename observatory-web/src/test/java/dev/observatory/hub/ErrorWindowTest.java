package dev.observatory.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The window of errors")
class ErrorWindowTest {

    private static final long START = Long.MAX_VALUE - 5;

    @Test
    @DisplayName("is exceeded by the error that makes the number full")
    void isExceeded() {
        ErrorWindow window = new ErrorWindow(3, Duration.ofNanos(10));

        assertThat(window.exceededBy(START)).isFalse();
        assertThat(window.exceededBy(START)).isFalse();
        assertThat(window.exceededBy(START + 10)).isTrue();
    }

    @Test
    @DisplayName("forgets errors that are older than itself")
    void forgets() {
        ErrorWindow window = new ErrorWindow(3, Duration.ofNanos(10));
        window.exceededBy(START);
        window.exceededBy(START + 5);

        assertThat(window.exceededBy(START + 11)).isFalse();
        assertThat(window.exceededBy(START + 12)).isTrue();
    }

    @Test
    @DisplayName("is exceeded by the first error when only one is too many")
    void mayAllowNone() {
        assertThat(new ErrorWindow(1, Duration.ofNanos(10)).exceededBy(START)).isTrue();
    }

    @ParameterizedTest(name = "{displayName}: seed {0}")
    @DisplayName("counts as a list of all errors would")
    @ValueSource(longs = {1, 2, 3})
    void equalsANaiveModel(long seed) {
        Random random = new Random(seed);
        ErrorWindow window = new ErrorWindow(5, Duration.ofNanos(100));
        List<Long> all = new ArrayList<>();
        long now = START;
        for (int i = 0; i < 5_000; i++) {
            now += random.nextInt(60);
            all.add(now);
            long since = now;
            long recent = all.stream().filter(time -> since - time <= 100).count();
            assertThat(window.exceededBy(now)).isEqualTo(recent >= 5);
        }
    }
}
