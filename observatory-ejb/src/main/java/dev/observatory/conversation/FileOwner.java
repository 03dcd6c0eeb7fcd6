package dev.observatory.conversation;

/**
 * Whom a transcript file belongs to. Immutable.
 *
 * @param projectId null while no project is known
 */
public record FileOwner(String conversationId, String projectId) {}
