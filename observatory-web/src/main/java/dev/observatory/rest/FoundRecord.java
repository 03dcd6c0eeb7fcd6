package dev.observatory.rest;

import dev.observatory.search.SearchHit;
import dev.observatory.search.Snippet;
import java.time.Instant;
import java.util.List;

/**
 * A {@link SearchHit} with what its conversation is known by.
 *
 * @param projectId null where the conversation, or its project, is not known
 * @param title the conversation's, null where it is not known
 */
public record FoundRecord(
        String conversationId,
        String projectId,
        String title,
        String filePath,
        String agentId,
        long position,
        String uuid,
        String role,
        String kind,
        Instant at,
        Float score,
        List<Snippet> snippets) {

    static FoundRecord of(SearchHit hit, String projectId, String title) {
        return new FoundRecord(
                hit.conversationId(),
                projectId,
                title,
                hit.filePath(),
                hit.agentId(),
                hit.position(),
                hit.uuid(),
                hit.role(),
                hit.kind(),
                hit.at(),
                hit.score(),
                hit.snippets());
    }
}
