package dev.observatory.message;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * The newest state of a conversation, with the records that were just added to it.
 *
 * @param projectId null while no project is known
 * @param sessionId Claude Code's own session id, null when no record has shown one
 * @param title null when nothing in the transcript gives one
 * @param messageCount user prompts plus assistant messages
 * @param costUsd null when no token was used, or one of a model whose price is unknown
 * @param model the model that answered last, null when none has answered
 * @param createdAt the earliest time a user or assistant record shows, null when none shows one
 * @param updatedAt the latest time a user or assistant record shows, null when none shows one
 * @param filePath the session's file relative to its watched root, null while only sub-agents' files were seen
 * @param version rises with every change; a state with a lower version never replaces one with a higher
 * @param records what was appended, in the file's order; empty when the change is one of state only
 */
public record ConversationUpdate(
        String id,
        String projectId,
        String sessionId,
        String title,
        ConversationState state,
        int messageCount,
        int toolCallCount,
        int agentCount,
        Tokens tokens,
        BigDecimal costUsd,
        String model,
        String gitBranch,
        String cwd,
        String filePath,
        Instant createdAt,
        Instant updatedAt,
        Change change,
        long version,
        List<RecordExcerpt> records) {

    /** Why the update is sent. */
    public enum Change {
        CREATED,
        APPENDED,
        STATE,
        ENDED,
        /** It is no more; nothing follows unless it begins anew, with version 1. */
        REMOVED
    }

    public ConversationUpdate {
        records = List.copyOf(records);
    }

    /** The same state with other records. */
    public ConversationUpdate withRecords(List<RecordExcerpt> others) {
        return new ConversationUpdate(
                id,
                projectId,
                sessionId,
                title,
                state,
                messageCount,
                toolCallCount,
                agentCount,
                tokens,
                costUsd,
                model,
                gitBranch,
                cwd,
                filePath,
                createdAt,
                updatedAt,
                change,
                version,
                others);
    }
}
