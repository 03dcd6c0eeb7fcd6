package dev.observatory.system;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Has all components checked when it is time, and tells a little later what was found: what takes longer than that, or
 * hangs, is told by the next one. Nothing here waits for anything. Thread-safe.
 */
final class Rounds {

    private final List<Checkup> checkups;
    private final Pulse pulse;
    private final Duration interval;
    private final Clock clock;

    /** Guarded by this object's lock. */
    private Instant lastBegun = Instant.EPOCH;

    /** Whether what the last one has found is still to be told. Guarded by this object's lock. */
    private boolean isUntold;

    Rounds(List<Checkup> checkups, Pulse pulse, Duration interval, Clock clock) {
        this.checkups = List.copyOf(checkups);
        this.pulse = pulse;
        this.interval = interval;
        this.clock = clock;
    }

    /** To be called about once a second. */
    synchronized void supervise() {
        if (isUntold) {
            isUntold = false;
            pulse.beat();
        }
        Instant now = clock.instant();
        if (isDue(now)) {
            lastBegun = now;
            isUntold = true;
            checkups.forEach(Checkup::begin);
        }
    }

    private boolean isDue(Instant now) {
        Duration passed = Duration.between(lastBegun, now);
        // a timer is never exact: what is due within a tenth of its interval is due; and clocks are set back at times
        return passed.isNegative() || passed.compareTo(interval.multipliedBy(9).dividedBy(10)) >= 0;
    }
}
