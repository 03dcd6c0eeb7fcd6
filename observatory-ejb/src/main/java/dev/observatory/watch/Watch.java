package dev.observatory.watch;

import dev.observatory.conversation.HookEvent;
import dev.observatory.message.Draft;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * The reading thread, the hint thread, and the supervision of both. Thread-safe.
 *
 * <p>A thread that died is started again: what it knows is kept by its {@link Runnable}, which is confined to one
 * thread at a time.
 */
final class Watch {

    private static final Logger LOG = System.getLogger(Watch.class.getName());

    /** When old conversations are removed for the first time, and how often from then on. */
    private static final Duration FIRST_RETIREMENT = Duration.ofMinutes(5);

    private static final Duration RETIREMENT = Duration.ofDays(1);

    /** How long an ending thread is waited for; a turn takes milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final WatchConfig config;
    private final ThreadFactory threads;
    private final Clock clock;
    private final Requests requests = new Requests();
    private final DirectoryHints hints;
    private final WatchLoop loop;

    // guarded by this
    private Thread hintThread;
    private Thread readingThread;
    private Instant recentSwept = Instant.MIN;
    private Instant allSwept = Instant.MIN;
    private Instant retirement;
    private boolean stopped;

    /**
     * @param sink called by the reading thread only
     * @param drafts called by the reading thread only
     */
    Watch(WatchConfig config, LineSink sink, Consumer<Draft> drafts, ThreadFactory threads, Clock clock) {
        this.config = config;
        this.threads = threads;
        this.clock = clock;
        retirement = clock.instant().plus(FIRST_RETIREMENT);
        hints = new DirectoryHints(config.roots(), requests);
        loop = new WatchLoop(config, requests, sink, drafts, hints::listening, clock);
    }

    /**
     * Starts what does not run, asks for the sweeps that are due and daily for old conversations to go, and ticks. To be called about once a second, the
     * first time to begin.
     */
    synchronized void supervise() {
        if (stopped) {
            return;
        }
        if (config.hints()) {
            hintThread = alive(hintThread, hints, "observatory-watch-hints");
        }
        readingThread = alive(readingThread, loop, "observatory-watch");
        Instant now = clock.instant();
        if (due(allSwept, config.sweepAll(), now)) {
            allSwept = now;
            recentSwept = now;
            requests.order(Requests.Order.SWEEP_ALL);
        } else if (due(recentSwept, config.sweepRecent(), now)) {
            recentSwept = now;
            requests.order(Requests.Order.SWEEP_RECENT);
        }
        if (!now.isBefore(retirement)) {
            retirement = now.plus(RETIREMENT);
            requests.order(Requests.Order.RETIRE);
        }
        requests.order(Requests.Order.TICK);
    }

    private Thread alive(Thread thread, Runnable task, String name) {
        if (thread != null && thread.isAlive()) {
            return thread;
        }
        if (thread != null) {
            LOG.log(Level.DEBUG, "The thread {0} has ended and is started again", name);
        }
        Thread started = threads.newThread(task);
        started.setName(name);
        started.start();
        return started;
    }

    /** A timer is never exact: what is due within a tenth of its interval is due. */
    private static boolean due(Instant last, Duration interval, Instant now) {
        return last.equals(Instant.MIN)
                || !now.isBefore(last.plus(interval.multipliedBy(9).dividedBy(10)));
    }

    /** Ends both threads and waits for them. */
    void stop() {
        Thread hinting;
        Thread reading;
        synchronized (this) {
            stopped = true;
            hinting = hintThread;
            reading = readingThread;
        }
        hints.close();
        requests.order(Requests.Order.STOP);
        join(hinting);
        join(reading);
    }

    private static void join(Thread thread) {
        try {
            if (thread != null) {
                thread.join(PATIENCE.toMillis());
                if (thread.isAlive()) {
                    LOG.log(Level.WARNING, "The thread {0} does not end", thread.getName());
                }
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false if too many wait */
    boolean report(HookEvent event) {
        return requests.report(event);
    }

    WatchStatus status() {
        return loop.status();
    }
}
