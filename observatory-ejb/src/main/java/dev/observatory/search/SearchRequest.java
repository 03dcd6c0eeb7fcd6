package dev.observatory.search;

import java.time.Instant;
import java.util.Collection;

/**
 * What is looked for. Null asks for nothing.
 *
 * @param text words that all occur, {@code "phrases"}, {@code prefixes*}, {@code -without}
 * @param conversationIds only in these, of which there may be many thousands, or none; what is said in others then has no
 *     part in the answer, the scores included
 * @param agentId only of this sub-agent
 * @param since only records of that time or later
 * @param until only records before that time
 * @param limit of hits, above zero
 * @param after only what comes behind
 */
public record SearchRequest(
        String text,
        Collection<String> conversationIds,
        String agentId,
        Instant since,
        Instant until,
        SearchOrder order,
        int limit,
        SearchPosition after) {}
