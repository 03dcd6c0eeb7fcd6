package dev.observatory.conversation;

import dev.observatory.pricing.Price;
import dev.observatory.transcript.TokenUsage;
import java.math.BigDecimal;

/** What a conversation has used of one model. Confined to the watch thread. */
final class ModelUsage {

    /** Null where it is unknown. */
    private final Price price;

    private TokenUsage sum = TokenUsage.NONE;

    ModelUsage(Price price) {
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
}
