package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Tool calls")
class ToolCallsTest {

    private static final Instant T = Instant.parse("2026-03-01T12:00:00Z");

    private final ToolCalls calls = new ToolCalls();

    @Test
    @DisplayName("A call told twice counts once")
    void once() {
        assertThat(calls.call("c1", T)).isTrue();
        assertThat(calls.call("c1", T)).isFalse();
        assertThat(calls.call("c2", T)).isTrue();
        assertThat(calls.count()).isEqualTo(2);
    }

    @Test
    @DisplayName("The durations of calls are the differences of their times")
    void durations() {
        calls.call("c1", T);
        calls.call("c2", T.plusSeconds(1));
        calls.result("c2", T.plusSeconds(3));
        calls.result("c1", T.plusSeconds(5));
        assertThat(calls.timeSpent()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    @DisplayName("No call takes less than no time, and a result counts once")
    void neverNegative() {
        calls.call("c1", T);
        calls.result("c1", T.minusSeconds(9));
        calls.result("c1", T.plusSeconds(9));
        calls.call("c2", null);
        calls.result("c2", T);
        calls.result("unknown", T);
        assertThat(calls.timeSpent()).isZero();
    }
}
