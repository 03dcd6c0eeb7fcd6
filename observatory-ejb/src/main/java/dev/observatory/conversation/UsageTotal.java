package dev.observatory.conversation;

import dev.observatory.message.Tokens;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What was used in all. Of project, branch, model and day those are null that are not told apart or not known.
 * Immutable.
 *
 * @param conversations how many have used some of it
 * @param costUsd the sum of the costs that are known; null when none is
 * @param unpricedTokens how many of the tokens are in no cost, because their model's price is unknown
 */
public record UsageTotal(
        String projectId,
        String branch,
        String model,
        LocalDate day,
        long conversations,
        Tokens tokens,
        BigDecimal costUsd,
        long unpricedTokens) {}
