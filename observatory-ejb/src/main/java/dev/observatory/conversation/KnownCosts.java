package dev.observatory.conversation;

import java.math.BigDecimal;

/** The exact sum of those costs that are known. Confined to the watch thread. */
final class KnownCosts {

    private BigDecimal sum = BigDecimal.ZERO;
    private int known;

    /** Null, an unknown cost, adds nothing. */
    void add(BigDecimal cost) {
        if (cost != null) {
            sum = sum.add(cost);
            known++;
        }
    }

    /** Takes away what was added before. */
    void remove(BigDecimal cost) {
        if (cost != null) {
            sum = sum.subtract(cost);
            known--;
        }
    }

    /** Null when none is known. */
    BigDecimal sum() {
        return known == 0 ? null : sum;
    }
}
