package dev.observatory.hub;

/**
 * A token bucket: so many a second, and twice as many at once after a pause. Not thread-safe.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Token_bucket">Token bucket</a>
 */
final class RateLimit {

    private final double perNano;
    private final double capacity;
    private double tokens;
    private long last;

    /** @param now a {@link System#nanoTime} value, as everywhere here */
    RateLimit(int perSecond, long now) {
        this.perNano = perSecond / 1e9;
        this.capacity = 2.0 * perSecond;
        this.tokens = capacity;
        this.last = now;
    }

    /** Takes a token, if there is one. */
    boolean allows(long now) {
        if (available(now) < 1) {
            return false;
        }
        take(1);
        return true;
    }

    /** How many tokens there are. */
    int available(long now) {
        tokens = Math.min(capacity, tokens + (now - last) * perNano);
        last = now;
        return (int) tokens;
    }

    /** Takes tokens that are {@linkplain #available available}. */
    void take(int count) {
        tokens -= count;
    }
}
