package dev.observatory.hub;

import java.time.Duration;

/**
 * When a client is to be pinged and when it counts as gone. Times are {@link System#nanoTime} values. Confined to the
 * connection's loop, but for {@link #heard} and {@link #pong}: those are for the network's thread, for a sign of life that
 * waited its turn in a busy loop would come too late.
 */
final class Heartbeat {

    /** What is to be done now. */
    enum Due {
        NOTHING,
        PING,
        /** The client has not given any sign of life in time. */
        CLOSE
    }

    private final long interval;
    private final long timeout;
    private long nextPing;

    /** When the ping that is not answered yet was sent. */
    private volatile long pingedAt;

    private volatile boolean awaiting;
    private volatile Double roundTripMs;

    /** @param phase from 0 to 1: where in the first interval the first ping falls, so that not all come together */
    Heartbeat(Duration interval, Duration timeout, double phase, long now) {
        this.interval = interval.toNanos();
        this.timeout = timeout.toNanos();
        this.nextPing = now + (long) (phase * this.interval);
    }

    Due due(long now) {
        if (awaiting && now - pingedAt > timeout) {
            return Due.CLOSE;
        }
        return !awaiting && now - nextPing >= 0 ? Due.PING : Due.NOTHING;
    }

    /** A ping is about to be sent. */
    void pinged(long now) {
        pingedAt = now;
        nextPing = now + interval;
        awaiting = true;
    }

    /** Any frame of the client is a sign of life. */
    void heard() {
        awaiting = false;
    }

    void pong(long now) {
        if (awaiting) {
            roundTripMs = (now - pingedAt) / 1e6;
        }
        heard();
    }

    /** How long the last answered ping took, milliseconds; null before the first. */
    Double roundTripMs() {
        return roundTripMs;
    }
}
