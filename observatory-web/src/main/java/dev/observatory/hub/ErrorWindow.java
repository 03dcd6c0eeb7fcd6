package dev.observatory.hub;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Notices when too many errors come in too short a time. Confined to the connection's loop. */
final class ErrorWindow {

    private final int max;
    private final long window;
    private final Deque<Long> times = new ArrayDeque<>();

    ErrorWindow(int max, Duration window) {
        this.max = max;
        this.window = window.toNanos();
    }

    /**
     * Counts an error.
     *
     * @param now a {@link System#nanoTime} value
     * @return whether it is one too many
     */
    boolean exceededBy(long now) {
        times.addLast(now);
        while (now - times.peekFirst() > window) {
            times.removeFirst();
        }
        return times.size() >= max;
    }
}
