package dev.observatory.it;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long the tests of each class take, without the starts of servers and without the time for which this process did not
 * get to run. Counts for all tests, by {@code META-INF/services}; but not for the first of a run, which pays for all code
 * that server and client load with their first connection.
 */
public final class SuiteClock implements BeforeEachCallback, AfterEachCallback {

    private static final Map<Class<?>, Long> NANOS = new HashMap<>();

    private static final long NAP_MS = 10;

    /** A nap that lasts longer was no mere delay of a timer. */
    private static final long OVERSLEPT_NANOS = 30_000_000;

    private static final Stopped STOPPED = new Stopped();

    private static boolean warm;

    private long begin;

    static {
        Thread sleeper = new Thread(SuiteClock::noticeStalls, "suite-clock");
        sleeper.setDaemon(true);
        sleeper.start();
    }

    /** For how long the clock has stood still. Thread-safe. */
    private static final class Stopped {

        /** How many starts are going on. */
        private int starts;

        /** Since when one is. */
        private long since;

        private long nanos;

        synchronized void starts() {
            if (starts++ == 0) {
                since = System.nanoTime();
            }
        }

        synchronized void started() {
            if (--starts == 0) {
                nanos += System.nanoTime() - since;
            }
        }

        synchronized void stalled(long lost) {
            if (starts == 0) {
                nanos += lost;
            }
        }

        synchronized long nanos() {
            return nanos;
        }
    }

    /** Something that is part of a server's start and no part of a test, until it is closed. */
    interface Start extends AutoCloseable {
        @Override
        void close();
    }

    /** Stops the clock; one start may be part of another. */
    static Start start() {
        STOPPED.starts();
        return STOPPED::started;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        begin = now();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (warm) {
            NANOS.merge(context.getRequiredTestClass(), now() - begin, Long::sum);
        }
        warm = true;
    }

    /** What the tests of each class took that have run so far, seconds. */
    static Map<Class<?>, Double> seconds() {
        Map<Class<?>, Double> seconds = new HashMap<>();
        NANOS.forEach((type, nanos) -> seconds.put(type, nanos / 1e9));
        return seconds;
    }

    private static long now() {
        return System.nanoTime() - STOPPED.nanos();
    }

    /** Naps, and takes what it oversleeps for time in which nobody else of this process was served either. */
    private static void noticeStalls() {
        try {
            while (true) {
                long asleep = System.nanoTime();
                Thread.sleep(NAP_MS);
                long slept = System.nanoTime() - asleep;
                if (slept > OVERSLEPT_NANOS) {
                    STOPPED.stalled(slept - NAP_MS * 1_000_000);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
