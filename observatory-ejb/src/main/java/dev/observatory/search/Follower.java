package dev.observatory.search;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The thread that keeps the index in step, and its supervision. Thread-safe.
 *
 * <p>It is in no hurry: after each step it rests three times as long as that took, so that it uses a quarter of a core
 * even when everything has to be indexed. It has the lowest priority besides, which most systems ignore.
 */
final class Follower implements Runnable {

    private static final Logger LOG = System.getLogger(Follower.class.getName());

    private static final int REST = 3;

    /** How often it looks for what is new. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);

    /** How long what is added may be invisible while there is more to add. */
    private static final Duration REFRESH = Duration.ofSeconds(1);

    /** How much work a killed process may have to do again. */
    private static final Duration COMMIT = Duration.ofSeconds(15);

    /** How long the thread is waited for at the end. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Following following;
    private final ThreadFactory threads;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** Guarded by this. */
    private Thread thread;

    // of the running thread
    private long refreshed = System.nanoTime();
    private long committed = System.nanoTime();

    Follower(Following following, ThreadFactory threads) {
        this.following = following;
        this.threads = threads;
    }

    /** Starts the thread if it does not run. To be called now and then, the first time to begin. */
    synchronized void supervise() {
        if (stopping.getCount() == 0 || thread != null && thread.isAlive()) {
            return;
        }
        thread = threads.newThread(this);
        thread.setName("observatory-search");
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    @Override
    public void run() {
        try {
            Duration pause = Duration.ZERO;
            while (!stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                pause = step();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return how long to rest */
    private Duration step() {
        long start = System.nanoTime();
        Following.Outcome outcome = following.step();
        boolean isMore = outcome == Following.Outcome.MORE;
        if (!isMore || isOver(REFRESH, refreshed)) {
            following.refresh();
            refreshed = System.nanoTime();
        }
        if (isOver(COMMIT, committed)) {
            following.commit();
            committed = System.nanoTime();
        }
        return switch (outcome) {
            case MORE -> Duration.ofNanos(REST * (System.nanoTime() - start));
            case DONE -> POLL;
            case TROUBLE -> AFTER_TROUBLE;
        };
    }

    private static boolean isOver(Duration time, long since) {
        return System.nanoTime() - since >= time.toNanos();
    }

    /** Ends the thread, waits for it, and closes the index. */
    void stop() {
        stopping.countDown();
        Thread running;
        synchronized (this) {
            running = thread;
        }
        try {
            if (running != null) {
                running.join(PATIENCE.toMillis());
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        if (running != null && running.isAlive()) {
            LOG.log(Level.INFO, "The search index is left while it is merged; that is done at the next start");
            following.abandon();
        } else {
            following.close();
        }
    }
}
