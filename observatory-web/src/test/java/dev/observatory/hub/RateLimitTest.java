package dev.observatory.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A rate limit")
class RateLimitTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    @DisplayName("allows twice its rate at once, and nothing more at that moment")
    void burst() {
        RateLimit limit = new RateLimit(50, 7);

        assertThat(IntStream.range(0, 200).filter(i -> limit.allows(7)).count()).isEqualTo(100);
    }

    @Test
    @DisplayName("allows its rate, second after second, whatever was asked for beyond it")
    void rate() {
        RateLimit limit = new RateLimit(50, 0);
        IntStream.range(0, 100).forEach(i -> limit.allows(0));

        for (int second = 1; second <= 3; second++) {
            long now = second * SECOND;
            assertThat(IntStream.range(0, 80).filter(i -> limit.allows(now)).count())
                    .isEqualTo(50);
        }
    }

    @Test
    @DisplayName("does not save up more than twice its rate in a long pause")
    void pause() {
        RateLimit limit = new RateLimit(10, 0);

        assertThat(IntStream.range(0, 500)
                        .filter(i -> limit.allows(3600 * SECOND))
                        .count())
                .isEqualTo(20);
    }
}
