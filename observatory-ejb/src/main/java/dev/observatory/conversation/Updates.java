package dev.observatory.conversation;

import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ConversationUpdate.Change;
import java.util.List;

/** Updates made of earlier ones. */
final class Updates {

    private Updates() {}

    /** The same conversation in another state, without records. */
    static ConversationUpdate with(ConversationUpdate update, ConversationState state, Change change, long version) {
        return new ConversationUpdate(
                update.id(),
                update.projectId(),
                update.sessionId(),
                update.title(),
                state,
                update.messageCount(),
                update.toolCallCount(),
                update.agentCount(),
                update.tokens(),
                update.costUsd(),
                update.model(),
                update.gitBranch(),
                update.cwd(),
                update.filePath(),
                update.createdAt(),
                update.updatedAt(),
                change,
                version,
                List.of());
    }
}
