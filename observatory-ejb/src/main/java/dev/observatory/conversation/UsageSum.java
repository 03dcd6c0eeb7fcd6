package dev.observatory.conversation;

import dev.observatory.message.Tokens;
import dev.observatory.pricing.Price;
import dev.observatory.transcript.TokenUsage;
import java.math.BigDecimal;
import java.time.LocalDate;

/** What a conversation has used of one kind. Confined to the watch thread. */
final class UsageSum {

    /**
     * What is added up by itself. Any part may be null, where it is not known.
     *
     * @param model decides the price
     */
    record Kind(String agentId, String model, String branch, LocalDate day) {

        /** The kind of those for which there are too many kinds. */
        Kind widened() {
            return new Kind(null, model, null, null);
        }
    }

    private final Kind kind;

    /** Null where it is unknown. */
    private final Price price;

    private TokenUsage sum = TokenUsage.NONE;

    UsageSum(Kind kind, Price price) {
        this.kind = kind;
        this.price = price;
    }

    void add(TokenUsage usage) {
        sum = sum.plus(usage);
    }

    void remove(TokenUsage usage) {
        sum = sum.minus(usage);
    }

    TokenUsage sum() {
        return sum;
    }

    boolean isEmpty() {
        return sum.equals(TokenUsage.NONE);
    }

    /** The exact cost in US dollars, null where the price is unknown. */
    BigDecimal cost() {
        return price == null ? null : price.of(sum);
    }

    Usage toUsage() {
        Tokens tokens = new Tokens(sum.input(), sum.output(), sum.cacheCreation(), sum.cacheRead());
        return new Usage(kind.agentId(), kind.model(), kind.branch(), kind.day(), tokens, UsDollars.rounded(cost()));
    }
}
