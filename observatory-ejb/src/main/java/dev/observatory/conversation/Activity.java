package dev.observatory.conversation;

import java.time.Duration;
import java.time.Instant;

/** Since when a conversation has been quiet. Confined to the watch thread. */
final class Activity {

    /** The latest time that a record shows, null when none has. */
    private Instant latest;

    /** Since when nothing has happened; null before the first flush. */
    private Instant quietSince;

    /** Whether something came since the last flush. */
    private boolean news;

    /** That of a conversation of which no more is known than since when it is quiet. */
    static Activity quietSince(Instant time) {
        Activity activity = new Activity();
        activity.quietSince = time;
        return activity;
    }

    /** A new record. */
    void record(Instant timestamp) {
        news = true;
        if (timestamp != null && (latest == null || timestamp.isAfter(latest))) {
            latest = timestamp;
        }
    }

    /**
     * Asks for the news, once.
     *
     * @return whether there were any
     */
    boolean takeNews() {
        boolean had = news;
        news = false;
        return had;
    }

    /** What came live, happened now, whatever its time says: clocks differ, and old records may be written anew. */
    void happened(Instant now) {
        quietSince = now;
    }

    /** A sign of life that is no record. */
    void signed(Instant at) {
        if (quietSince == null || at.isAfter(quietSince)) {
            quietSince = at;
        }
    }

    /** What lay there before happened when its records say, or ever so long ago. */
    void happenedEarlier(Instant now) {
        Instant then = latest == null ? Instant.EPOCH : latest;
        Instant past = then.isAfter(now) ? now : then;
        quietSince = quietSince == null || past.isAfter(quietSince) ? past : quietSince;
    }

    Instant quietSince() {
        return quietSince;
    }

    boolean isQuietFor(Duration duration, Instant now) {
        return !quietSince.plus(duration).isAfter(now);
    }
}
