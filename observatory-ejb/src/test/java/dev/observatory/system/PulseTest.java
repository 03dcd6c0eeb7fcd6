package dev.observatory.system;

import static dev.observatory.system.Statuses.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.Draft;
import dev.observatory.message.SystemStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pulse of the system")
class PulseTest {

    private static final Logger LOGGER = Logger.getLogger(Pulse.class.getName());

    private final LatestStatus latest = new LatestStatus();
    private final List<Draft> told = new ArrayList<>();
    private final LogRecording log = new LogRecording();

    /** What the executor was given and has not done yet. */
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    private Consumer<Draft> drafts = told::add;
    private int assembled;
    private final Pulse pulse = new Pulse(this::assemble, latest, draft -> drafts.accept(draft), this::execute);
    private boolean isFull;

    @BeforeEach
    void start() {
        LOGGER.addHandler(log);
    }

    @AfterEach
    void end() {
        LOGGER.removeHandler(log);
    }

    @Test
    @DisplayName(
            "B7.4 tells the present status each time, on the executor, and shows the last one to those who come later")
    void tells() {
        pulse.beat();
        assertThat(told).isEmpty();

        tasks.remove().run();
        beat();

        assertThat(told).extracting(Draft::data).containsExactly(status(1), status(2));
        assertThat(pulse.latest()).isEqualTo(status(2));
        assertThat(assembled).isEqualTo(2);
    }

    @Test
    @DisplayName("is known at once also before it was told for the first time")
    void isKnownAtOnce() {
        assertThat(pulse.latest()).isEqualTo(status(1));
        assertThat(latest.latest()).isEmpty();
    }

    @Test
    @DisplayName("shows what somebody else has told, until it tells the next status itself")
    void showsWhatOthersTold() {
        beat();
        latest.tell(status(70), Draft::id);
        assertThat(pulse.latest()).isEqualTo(status(70));

        beat();
        assertThat(pulse.latest()).isEqualTo(status(2));
    }

    @Test
    @DisplayName("tells once at a time")
    void tellsOnceAtATime() {
        pulse.beat();
        pulse.beat();
        assertThat(tasks).hasSize(1);

        tasks.remove().run();
        pulse.beat();
        assertThat(tasks).hasSize(1);
    }

    @Test
    @DisplayName("W2.4 goes on after it could not be told, and says so once, again only after it could be")
    void goesOn() {
        drafts = draft -> {
            throw new IllegalStateException("on purpose");
        };
        beat();
        beat();
        assertThat(log.failures).containsExactly("on purpose");
        assertThat(latest.latest()).isEmpty();

        drafts = told::add;
        beat();
        assertThat(told).extracting(Draft::data).containsExactly(status(3));

        drafts = draft -> {
            throw new IllegalStateException("once more");
        };
        beat();
        assertThat(log.failures).containsExactly("on purpose", "once more");
        assertThat(latest.latest()).contains(status(3));
    }

    @Test
    @DisplayName("goes on after the server had no thread for it, and says so once")
    void goesOnWithoutThread() {
        isFull = true;
        pulse.beat();
        pulse.beat();
        assertThat(log.failures).hasSize(1);

        isFull = false;
        beat();
        assertThat(told).hasSize(1);
    }

    @Test
    @DisplayName("is silent once it is stopped, also of what fails then")
    void stops() {
        pulse.beat();
        drafts = draft -> {
            throw new IllegalStateException("on purpose");
        };
        pulse.stop();
        tasks.remove().run();
        pulse.beat();

        assertThat(tasks).isEmpty();
        assertThat(log.failures).isEmpty();
    }

    private void beat() {
        pulse.beat();
        tasks.remove().run();
    }

    private SystemStatus assemble() {
        return status(++assembled);
    }

    private void execute(Runnable task) {
        if (isFull) {
            throw new RejectedExecutionException("on purpose");
        }
        tasks.add(task);
    }

    /** Why it could not be told, each time that this was said. */
    private static final class LogRecording extends Handler {

        private final List<String> failures = new ArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            failures.add(entry.getThrown() == null ? null : entry.getThrown().getMessage());
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
