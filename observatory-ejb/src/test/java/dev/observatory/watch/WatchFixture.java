package dev.observatory.watch;

import static org.awaitility.Awaitility.await;

import dev.observatory.message.Draft;
import dev.observatory.message.FileUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import org.awaitility.core.ThrowingRunnable;

/** A whole watch on real folders, supervised as often as the test looks for its results. */
final class WatchFixture implements AutoCloseable {

    static final Duration MOMENT = Duration.ofMillis(1);
    static final Duration NEVER = Duration.ofDays(1);

    final RecordingSink sink = new RecordingSink();
    final List<Draft> drafts = new CopyOnWriteArrayList<>();
    final List<Thread> threads = new CopyOnWriteArrayList<>();
    final Path root;
    private final ThreadFactory factory = this::newThread;
    private final Watch watch;

    private WatchFixture(WatchConfig config) {
        root = config.roots().get(0);
        watch = new Watch(config, sink, drafts::add, factory, Clock.systemUTC());
        watch.supervise();
    }

    /** Everything is found by sweeps. */
    static WatchFixture sweeping(Path root) {
        return new WatchFixture(config(root, MOMENT, MOMENT, false));
    }

    /** What the first sweep does not find is found by notifications, and by nothing else. */
    static WatchFixture hinted(Path root) {
        WatchFixture fixture = new WatchFixture(config(root, NEVER, NEVER, true));
        fixture.untilSwept();
        fixture.until(() -> {
            if (!fixture.status().hints()) {
                throw new AssertionError("no notifications yet");
            }
        });
        return fixture;
    }

    static WatchFixture of(WatchConfig config) {
        return new WatchFixture(config);
    }

    static WatchConfig config(Path root, Duration sweepRecent, Duration sweepAll, boolean hints) {
        return new WatchConfig(
                List.of(root),
                sweepRecent,
                sweepAll,
                Duration.ofMinutes(10),
                Duration.ofSeconds(2),
                1 << 20,
                1 << 16,
                Optional.empty(),
                hints,
                500,
                Optional.empty());
    }

    private Thread newThread(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    WatchStatus status() {
        return watch.status();
    }

    /** Waits until the roots have been looked through and all that was found has been read. */
    void untilSwept() {
        int ticks = sink.ticks.get();
        until(() -> {
            if (sink.ticks.get() < ticks + 3 || status().lagBytes() > 0) {
                throw new AssertionError("not yet");
            }
        });
    }

    /** Supervises until the assertion holds. */
    void until(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(3))
                .untilAsserted(() -> {
                    watch.supervise();
                    assertion.run();
                });
    }

    void append(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    List<String> lines(String path) {
        return sink.lines(path);
    }

    /** What was reported of a file. */
    List<FileUpdate> reports(String path) {
        return drafts.stream()
                .map(draft -> (FileUpdate) draft.data())
                .filter(update -> update.path().equals(path))
                .toList();
    }

    List<FileUpdate.FileEvent> events(String path) {
        return reports(path).stream().map(FileUpdate::event).toList();
    }

    @Override
    public void close() {
        watch.stop();
    }
}
