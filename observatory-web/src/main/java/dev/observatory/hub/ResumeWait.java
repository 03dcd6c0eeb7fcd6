package dev.observatory.hub;

import java.time.Duration;

/**
 * Whether a client says what it has from an earlier connection: it may do so once, and one that has announced it is waited
 * for. Confined to the connection's loop.
 */
final class ResumeWait {

    /** What is done if the client does not resume; null when it has, or is not waited for. */
    private Runnable otherwise;

    /** Until when it is waited for, {@link System#nanoTime}. */
    private long until;

    private boolean resumed;

    void begin(Duration patience, Runnable otherwise) {
        this.otherwise = otherwise;
        this.until = System.nanoTime() + patience.toNanos();
    }

    boolean isOver(long now) {
        return otherwise != null && now - until > 0;
    }

    /**
     * The client resumes.
     *
     * @return false if it has done so before
     */
    boolean resume() {
        boolean first = !resumed;
        resumed = true;
        return first;
    }

    /**
     * Ends the wait.
     *
     * @return what was to be done if the client does not resume; null when it was not waited for
     */
    Runnable end() {
        Runnable ended = otherwise;
        otherwise = null;
        return ended;
    }
}
