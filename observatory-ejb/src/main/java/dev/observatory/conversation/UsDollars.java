package dev.observatory.conversation;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts as they are told. Inside they are exact, and only sums are rounded. */
final class UsDollars {

    /** A millionth of a dollar is a token at a dollar for a million. */
    private static final int DECIMALS = 6;

    private UsDollars() {}

    /**
     * Rounds an amount to a millionth. Equal amounts are equal objects, however they came about.
     *
     * @param amount null where it is unknown; then so is the result
     */
    static BigDecimal rounded(BigDecimal amount) {
        if (amount == null) {
            return null;
        }
        BigDecimal told = amount.setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        // or else twenty dollars would be 2E+1
        return told.scale() < 0 ? told.setScale(0) : told;
    }
}
