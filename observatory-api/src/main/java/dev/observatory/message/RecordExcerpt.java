package dev.observatory.message;

import java.time.Instant;

/**
 * One record of a transcript, cut to what a live view needs.
 *
 * @param position the record's number in its file, from 1
 * @param uuid null for records that carry none
 * @param role {@code user}, {@code assistant} or {@code system}; null for records that are no message
 * @param kind what the record holds, such as {@code prompt}, {@code text}, {@code thinking}, {@code tool_use},
 *     {@code tool_result}, {@code title}, or the record's own type
 * @param agentId the sub-agent whose file it stands in, null for the session's own
 * @param at null for records without a time
 * @param text null when there is none to show
 * @param tool the name of the tool called, null when none is
 * @param truncated true when {@code text} was cut, null otherwise
 */
public record RecordExcerpt(
        long position,
        String uuid,
        String role,
        String kind,
        String agentId,
        Instant at,
        String text,
        String tool,
        Boolean truncated) {}
