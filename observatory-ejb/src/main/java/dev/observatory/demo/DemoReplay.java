package dev.observatory.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The demonstration while it runs: a fresh temporary folder of the user's own, and a thread that writes into it.
 * Thread-safe.
 */
public final class DemoReplay implements AutoCloseable {

    private static final Logger LOG = System.getLogger(DemoReplay.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path root;
    private final Stage stage;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);

    private DemoReplay(Path root, ThreadFactory threads, Clock clock) {
        this.root = root;
        stage = new Stage(root, ScriptReader.own(), clock, new Random());
        thread = threads.newThread(this::run);
        thread.setName("observatory-demo");
    }

    /**
     * Makes the folder and begins to write.
     *
     * @throws UncheckedIOException when there is no folder to be made
     */
    public static DemoReplay start(ThreadFactory threads, Clock clock) {
        try {
            Path root = Files.createTempDirectory("observatory-demo-").toRealPath();
            DemoReplay replay = new DemoReplay(root, threads, clock);
            replay.thread.start();
            LOG.log(Level.INFO, "Replaying synthetic sessions in {0}", root);
            return replay;
        } catch (IOException failure) {
            throw new UncheckedIOException("no folder for the demonstration", failure);
        }
    }

    /** The folder, as a root to be watched. */
    public Path root() {
        return root;
    }

    private void run() {
        try {
            Duration pause = stage.play();
            while (!closed.await(pause.toMillis() + 1, TimeUnit.MILLISECONDS)) {
                pause = stage.play();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            LOG.log(Level.ERROR, "The demonstration has ended", failure);
        }
    }

    /** Ends the thread and deletes the folder. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(PATIENCE.toMillis());
            Folders.delete(root);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "Cannot delete " + root, failure);
        }
    }
}
