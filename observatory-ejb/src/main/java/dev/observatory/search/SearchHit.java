package dev.observatory.search;

import java.time.Instant;
import java.util.List;

/**
 * A record in which was found what was looked for.
 *
 * @param conversationId null while that is not known
 * @param filePath below its root
 * @param agentId the sub-agent in whose file it stands, null for the session's own
 * @param position the record's number in its file, from 1
 * @param uuid null for records that carry none
 * @param role {@code user}, {@code assistant} or {@code system}; null for records that are no message
 * @param kind what the record holds, see {@link dev.observatory.message.RecordExcerpt}
 * @param at null for records without a time
 * @param score null when hits are not sorted by it
 */
public record SearchHit(
        String conversationId,
        String filePath,
        String agentId,
        long position,
        String uuid,
        String role,
        String kind,
        Instant at,
        Float score,
        List<Snippet> snippets) {

    public SearchHit {
        snippets = List.copyOf(snippets);
    }
}
