package dev.observatory.conversation;

import java.time.Duration;
import java.time.Instant;

/**
 * A call of a tool. Immutable.
 *
 * @param id null where the transcript gives none
 * @param agentId the sub-agent that called, null for the session itself
 * @param name of the tool, null where the transcript gives none
 * @param input the most telling value of its input, such as the command or the file, cut like an excerpt; null when none
 *     is known
 * @param startedAt when it was called, null where the transcript gives no time
 * @param endedAt when its result came, null while there is none or where the transcript gives no time
 * @param durationMs milliseconds between the two, never below zero; null when one is not known
 * @param error whether its result was an error, null while there is none
 */
public record ToolCall(
        String id,
        String agentId,
        String name,
        String input,
        Instant startedAt,
        Instant endedAt,
        Long durationMs,
        Boolean error) {

    /** The call with its result. */
    ToolCall answered(Instant at, boolean failed) {
        Long duration = startedAt == null || at == null
                ? null
                : Math.max(0, Duration.between(startedAt, at).toMillis());
        return new ToolCall(id, agentId, name, input, startedAt, at, duration, failed);
    }
}
