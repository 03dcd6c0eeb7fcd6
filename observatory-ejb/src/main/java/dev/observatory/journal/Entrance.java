package dev.observatory.journal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets callers in until the end, which waits for those who are in. Thread-safe. */
final class Entrance {

    /** Both guarded by this. */
    private boolean isClosed;

    private int inside;

    /** @return whether the caller may go on, and has to {@link #leave} */
    synchronized boolean enter() {
        if (isClosed) {
            return false;
        }
        inside++;
        return true;
    }

    synchronized void leave() {
        inside--;
        notifyAll();
    }

    /** Lets nobody in any more, and waits so long for those who are. */
    synchronized void close(Duration patience) {
        isClosed = true;
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (long left = patience.toNanos(); inside > 0 && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
