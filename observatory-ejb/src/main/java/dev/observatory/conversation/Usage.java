package dev.observatory.conversation;

import dev.observatory.message.Tokens;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * The tokens that a conversation has used of one model, on one branch, on one day, by one agent. Immutable.
 *
 * @param agentId null for the session itself
 * @param model null where the transcript gives none
 * @param branch of the git repository, null where the transcript gives none
 * @param day in the time zone of {@code observatory.usage.zone}; null where the transcript gives no time
 * @param costUsd rounded to a millionth; null where the price is unknown
 */
public record Usage(String agentId, String model, String branch, LocalDate day, Tokens tokens, BigDecimal costUsd) {}
