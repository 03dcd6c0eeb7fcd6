package dev.observatory.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.observatory.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Old conversations")
class RetirementTest {

    private static final Duration KEPT = Duration.ofDays(30);

    @TempDir
    Path root;

    private final RecordingSink sink = new RecordingSink();
    private final SettableClock clock = new SettableClock(Instant.now());
    private Watch watch;

    private static WatchConfig config(Path root, Duration kept) {
        WatchConfig other = WatchFixture.config(root, WatchFixture.MOMENT, WatchFixture.MOMENT, false);
        return new WatchConfig(
                other.roots(),
                other.sweepRecent(),
                other.sweepAll(),
                other.recent(),
                other.atRest(),
                other.maxLineBytes(),
                other.turnBytes(),
                Optional.empty(),
                false,
                500,
                Optional.of(kept));
    }

    private void start() {
        watch = new Watch(config(root, KEPT), sink, draft -> {}, Thread::new, clock);
    }

    @AfterEach
    void stop() {
        if (watch != null) {
            watch.stop();
        }
    }

    /** Supervises until the reading thread has come to all that was asked of it. */
    private void supervised() {
        for (int i = 0; i < 3; i++) {
            int ticks = sink.ticks.get();
            watch.supervise();
            await().until(() -> sink.ticks.get() > ticks);
        }
    }

    @Test
    @DisplayName("are looked for five minutes after the start, and each day from then on")
    void schedule() {
        start();
        Instant first = clock.instant().plus(Duration.ofMinutes(5));
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        supervised();
        assertThat(sink.retirements).isEmpty();
        clock.advance(Duration.ofMillis(1));
        supervised();
        assertThat(sink.retirements).containsExactly(first.minus(KEPT));
        assertThat(watch.status().retention()).isEqualTo(new WatchStatus.Retention(first, 0, 0));
        clock.advance(Duration.ofDays(1).minusMillis(1));
        supervised();
        assertThat(sink.retirements).hasSize(1);
        clock.advance(Duration.ofMillis(1));
        supervised();
        assertThat(sink.retirements).hasSize(2);
    }
}
