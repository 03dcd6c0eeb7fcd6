package dev.observatory.conversation;

import dev.observatory.message.Tokens;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A sub-agent of a conversation. Immutable.
 *
 * @param task the first that it was asked, cut like a title; null when that is not known
 * @param model the last it was answered by, null when that is not known
 * @param records how many records its files hold
 * @param costUsd null where it used no tokens or some of a model whose price is unknown
 * @param createdAt the earliest time that its messages show, null when none does
 * @param updatedAt the latest, null when none does
 */
public record Agent(
        String id,
        String task,
        String model,
        int records,
        int toolCallCount,
        Tokens tokens,
        BigDecimal costUsd,
        Instant createdAt,
        Instant updatedAt) {}
