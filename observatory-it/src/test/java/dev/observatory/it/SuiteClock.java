package dev.observatory.it;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long the tests of each class take, without the starts of servers. Counts for all tests, by {@code META-INF/services};
 * but not for the first of a run, which pays for all code that server and client load with their first connection.
 */
public final class SuiteClock implements BeforeEachCallback, AfterEachCallback {

    private static final Map<Class<?>, Long> NANOS = new HashMap<>();

    private static boolean warm;

    private long begin;

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
        return System.nanoTime() - OwnServer.startingNanos();
    }
}
