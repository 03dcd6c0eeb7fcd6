package dev.observatory.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.observatory.SettableClock;
import dev.observatory.gpu.GpuStatus.Condition;
import dev.observatory.message.Draft;
import dev.observatory.message.GpuStats;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The sampling of GPUs")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "nvidia-smi is played by a shell script")
class SamplingTest {

    private static final Logger LOGGER = Logger.getLogger(Sampling.class.getName());
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final Queue<Runnable> readings = new ArrayDeque<>();
    private final List<GpuStats> told = new ArrayList<>();
    private final LogRecording log = new LogRecording();

    private FakeNvidiaSmi fake;
    private Sampling sampling;

    @BeforeEach
    void start() {
        LOGGER.addHandler(log);
        fake = new FakeNvidiaSmi(folder);
        sampling = sampling(readings::add);
    }

    @AfterEach
    void end() {
        LOGGER.removeHandler(log);
    }

    @Test
    @DisplayName("C9.3 tells of each GPU every 5 s, and keeps the last of each")
    void tells() {
        fake.prints(FakeNvidiaSmi.TWO_GPUS);

        sample();

        assertThat(told)
                .containsExactly(
                        new GpuStats(0, "NVIDIA H200", 37, 1024L << 20, 143771L << 20, 41, null, NOON.plusSeconds(5)),
                        new GpuStats(1, "Quadro K420", null, 5L << 20, 979L << 20, 50, null, NOON.plusSeconds(5)));
        assertThat(sampling.gpus().latest()).isEqualTo(told);
        assertThat(sampling.gpus().status()).isEqualTo(new GpuStatus(Condition.PRESENT, null, told, List.of(), 0));

        sample();
        sample();

        assertThat(told).hasSize(6);
        assertThat(sampling.gpus().latest()).isEqualTo(told.subList(4, 6));
        assertThat(log.messages).containsExactly("GPUs that are watched: {0}");
    }

    @Test
    @DisplayName("begins at once, and then when it is time, also after the clock was set back")
    void keepsItsInterval() {
        fake.prints(FakeNvidiaSmi.TWO_GPUS);
        assertThat(isDue()).isTrue();
        assertThat(isDue()).isFalse();

        clock.advance(Duration.ofMillis(4499));
        assertThat(isDue()).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(isDue()).isTrue();

        clock.advance(Duration.ofDays(-1));
        assertThat(isDue()).isTrue();
        assertThat(isDue()).isFalse();
    }

    @Test
    @DisplayName("reads once at a time, on the executor")
    void readsOnceAtATime() {
        fake.prints(FakeNvidiaSmi.TWO_GPUS);
        sampling.supervise();
        clock.advance(Duration.ofHours(1));
        sampling.supervise();

        assertThat(told).isEmpty();
        assertThat(sampling.gpus().status().condition()).isEqualTo(Condition.PENDING);
        assertThat(readings).hasSize(1);

        readings.remove().run();
        sampling.supervise();
        assertThat(readings).hasSize(1);
    }

    @Test
    @DisplayName("C9.3 says once that there is no GPU, looks again once a minute, and finds one that came")
    void isAbsent() {
        assertThat(isDue()).isTrue();
        assertThat(sampling.gpus().status())
                .isEqualTo(new GpuStatus(Condition.ABSENT, "there is no " + fake.command(), List.of(), List.of(), 0));
        clock.advance(Duration.ofSeconds(53));
        assertThat(isDue()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(isDue()).isTrue();

        assertThat(told).isEmpty();
        assertThat(sampling.gpus().latest()).isEmpty();
        assertThat(log.messages).containsExactly("No GPU is watched: {0}");

        fake.prints(FakeNvidiaSmi.TWO_GPUS);
        clock.advance(Duration.ofSeconds(60));
        assertThat(isDue()).isTrue();
        assertThat(told).hasSize(2);
    }

    @Test
    @DisplayName("tells nothing while readings fail, says so once, and keeps the last of each GPU")
    void fails() {
        fake.prints(FakeNvidiaSmi.TWO_GPUS);
        sample();
        List<GpuStats> last = List.copyOf(told);

        fake.does("echo no driver; exit 9");
        sample();
        sample();

        assertThat(told).isEqualTo(last);
        assertThat(sampling.gpus().latest()).isEqualTo(last);
        assertThat(sampling.gpus().status())
                .isEqualTo(new GpuStatus(
                        Condition.FAILING,
                        fake.command() + " ended with status 9: no driver",
                        List.of(),
                        List.of(),
                        0));
        assertThat(log.messages).containsExactly("GPUs that are watched: {0}", "The GPUs cannot be read: {0}");

        fake.prints(FakeNvidiaSmi.TWO_GPUS);
        sample();
        assertThat(told).hasSize(4);
        assertThat(sampling.gpus().status().condition()).isEqualTo(Condition.PRESENT);
    }

    @Test
    @DisplayName("knows which GPUs are not there any more, one or all, until they are again")
    void missesGpus() throws IOException {
        fake.prints(FakeNvidiaSmi.TWO_GPUS);
        sample();
        List<GpuStats> last = List.copyOf(told);

        fake.prints("0, NVIDIA H200, 38, 1024, 143771, 41\n");
        sample();
        assertThat(sampling.gpus().status().missing()).containsExactly(last.get(1));
        assertThat(sampling.gpus().latest()).containsExactly(told.get(2), last.get(1));

        fake.leave();
        sample();
        assertThat(sampling.gpus().status().missing()).containsExactly(told.get(2), last.get(1));

        fake.prints(FakeNvidiaSmi.TWO_GPUS);
        clock.advance(Duration.ofMinutes(1));
        sample();
        assertThat(sampling.gpus().status().missing()).isEmpty();
    }

    @Test
    @DisplayName("tells nothing of lines that cannot be read, but counts them and says so once")
    void countsUnreadableLines() {
        fake.prints("0, A, 1, 2, 3, 4\ngarbage\n1, B, x, 2, 3, 4\n");
        sample();
        sample();

        assertThat(told).extracting(GpuStats::gpuIndex).containsExactly(0, 0);
        assertThat(sampling.gpus().status().unreadableLines()).isEqualTo(2);
        assertThat(log.messages)
                .containsExactly("GPUs that are watched: {0}", "Lines about GPUs that cannot be read: {0}");
    }

    @Test
    @DisplayName("tells the speed of inference that was reported, the last one, while it is not too old")
    void tellsInference() {
        fake.prints(FakeNvidiaSmi.TWO_GPUS);
        sampling.gpus().inferenceFps(1, 12);
        sampling.gpus().inferenceFps(1, 29.5);
        sampling.gpus().inferenceFps(7, 1);

        sample();
        clock.advance(Duration.ofSeconds(20));
        sample();
        clock.advance(Duration.ofMillis(1));
        sample();

        assertThat(told).extracting(GpuStats::inferenceFps).containsExactly(null, 29.5, null, 29.5, null, null);
        assertThat(sampling.gpus().latest()).hasSize(2);
    }

    @ParameterizedTest
    @DisplayName("refuses a speed of inference that cannot be, and of a GPU that cannot be")
    @CsvSource({"-1, 1", "256, 1", "0, -1", "0, NaN", "0, Infinity"})
    void refusesInference(int index, double fps) {
        assertThatIllegalArgumentException().isThrownBy(() -> sampling.gpus().inferenceFps(index, fps));
    }

    @Test
    @DisplayName("goes on after the server had no thread for a reading, or a sample could not be told")
    void goesOn() {
        fake.prints(FakeNvidiaSmi.TWO_GPUS);
        Queue<Executor> executors = new ArrayDeque<>(List.of(
                reading -> {
                    throw new RejectedExecutionException("on purpose");
                },
                readings::add));
        sampling = sampling(reading -> executors.remove().execute(reading));
        sample();
        assertThat(told).isEmpty();
        sample();
        assertThat(told).hasSize(2);

        sampling = new Sampling(
                fake.config(),
                draft -> {
                    throw new IllegalStateException("on purpose");
                },
                readings::add,
                clock);
        sample();
        assertThat(sampling.gpus().status().reason()).contains("on purpose");
        sample();
        assertThat(readings).isEmpty();
    }

    @Test
    @DisplayName("reads nothing where that is switched off")
    void isOff() {
        GpuConfig on = fake.config();
        sampling = new Sampling(
                new GpuConfig(
                        Optional.empty(),
                        on.interval(),
                        on.intervalAbsent(),
                        on.timeout(),
                        on.maxOutputBytes(),
                        on.inferenceMaxAge()),
                draft -> told.add((GpuStats) draft.data()),
                readings::add,
                clock);

        assertThat(isDue()).isFalse();
        assertThat(sampling.gpus().status().condition()).isEqualTo(Condition.OFF);
        sampling.stop();
    }

    @Test
    @DisplayName("tells nothing any more once it is stopped")
    void stops() {
        fake.prints(FakeNvidiaSmi.TWO_GPUS);
        sampling.supervise();
        sampling.stop();
        readings.remove().run();

        assertThat(told).isEmpty();
        clock.advance(Duration.ofHours(1));
        assertThat(isDue()).isFalse();
    }

    private Sampling sampling(Executor executor) {
        return new Sampling(fake.config(), this::tell, executor, clock);
    }

    private void tell(Draft draft) {
        assertThat(sampling.gpus().latest()).as("is known before it is told").contains((GpuStats) draft.data());
        told.add((GpuStats) draft.data());
    }

    /** Lets the time of a reading come, and has it made if there is one. */
    private void sample() {
        clock.advance(Duration.ofSeconds(5));
        isDue();
    }

    private boolean isDue() {
        sampling.supervise();
        Runnable reading = readings.poll();
        if (reading != null) {
            reading.run();
        }
        return reading != null;
    }

    private static final class LogRecording extends Handler {

        private final List<String> messages = new ArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            messages.add(entry.getMessage());
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
