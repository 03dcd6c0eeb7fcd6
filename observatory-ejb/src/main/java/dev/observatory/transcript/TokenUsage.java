package dev.observatory.transcript;

/**
 * The tokens that one line claims for its API message, or a sum of such, none of them negative. Immutable.
 *
 * @param cacheCreation all that was written to the cache
 * @param hourCacheCreation how much of {@code cacheCreation} was written to be kept for an hour; the rest is kept for
 *     five minutes
 */
public record TokenUsage(long input, long output, long cacheCreation, long cacheRead, long hourCacheCreation) {

    public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0);

    /** @throws IllegalArgumentException when more was written for an hour than at all */
    public TokenUsage {
        if (hourCacheCreation > cacheCreation) {
            throw new IllegalArgumentException(
                    hourCacheCreation + " tokens written for an hour are no part of " + cacheCreation);
        }
    }

    /** All that was written to the cache is kept for five minutes. */
    public TokenUsage(long input, long output, long cacheCreation, long cacheRead) {
        this(input, output, cacheCreation, cacheRead, 0);
    }

    /** How much was written to the cache to be kept for five minutes. */
    public long shortCacheCreation() {
        return cacheCreation - hourCacheCreation;
    }

    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(
                input + other.input,
                output + other.output,
                cacheCreation + other.cacheCreation,
                cacheRead + other.cacheRead,
                hourCacheCreation + other.hourCacheCreation);
    }

    /** Takes away what was added before. */
    public TokenUsage minus(TokenUsage part) {
        return new TokenUsage(
                input - part.input,
                output - part.output,
                cacheCreation - part.cacheCreation,
                cacheRead - part.cacheRead,
                hourCacheCreation - part.hourCacheCreation);
    }
}
