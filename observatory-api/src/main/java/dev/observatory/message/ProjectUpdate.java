package dev.observatory.message;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * The newest state of a project: the sum of its conversations.
 *
 * @param path the working directory its sessions ran in, or the encoded directory's name where none is known
 * @param pathIsGuess true when {@code path} is only the encoded directory's name
 * @param activeConversations conversations that are working or waiting
 * @param costUsd the sum of the known costs, null when none is known
 * @param version rises with every change; a state with a lower version never replaces one with a higher
 */
public record ProjectUpdate(
        String id,
        String name,
        String path,
        boolean pathIsGuess,
        int conversationCount,
        int activeConversations,
        int messageCount,
        Tokens tokens,
        BigDecimal costUsd,
        Instant lastActivity,
        Instant createdAt,
        Instant updatedAt,
        long version) {}
