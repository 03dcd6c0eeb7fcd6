package dev.observatory.pricing;

import dev.observatory.transcript.TokenUsage;
import java.math.BigDecimal;

/**
 * What a model's tokens cost, in US dollars for a million of them. Immutable.
 *
 * @param input what was read anew
 * @param output what the model said and thought
 * @param shortCacheWrite what was written to the cache for five minutes
 * @param hourCacheWrite what was written to the cache for an hour
 * @param cacheRead what was read from the cache
 */
public record Price(
        BigDecimal input,
        BigDecimal output,
        BigDecimal shortCacheWrite,
        BigDecimal hourCacheWrite,
        BigDecimal cacheRead) {

    private static final int MILLION = 6;

    /** The exact cost in US dollars. */
    public BigDecimal of(TokenUsage usage) {
        return cost(input, usage.input())
                .add(cost(output, usage.output()))
                .add(cost(shortCacheWrite, usage.shortCacheCreation()))
                .add(cost(hourCacheWrite, usage.hourCacheCreation()))
                .add(cost(cacheRead, usage.cacheRead()));
    }

    private static BigDecimal cost(BigDecimal ofMillion, long tokens) {
        return ofMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION);
    }
}
