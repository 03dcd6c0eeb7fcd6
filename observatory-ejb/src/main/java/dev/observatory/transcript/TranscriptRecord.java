package dev.observatory.transcript;

import java.time.Instant;

/**
 * One record of a transcript, cut down to what is needed of it. Immutable. Any value may be missing in a file and is
 * then null here, but for {@code message}, {@code text} and the flags.
 *
 * @param type such as {@code user}; null in very old records
 * @param subtype of a {@code system} record
 * @param timestamp null also where it cannot be understood
 * @param agentId as the record says, which is not always what its file's name says
 * @param sidechain whether it is a sub-agent's
 * @param meta whether Claude Code put it in for itself
 * @param compactSummary whether it is what a compaction left of the talk before
 * @param message empty where the record has none
 * @param title null unless the record gives one
 * @param leafUuid the record that a summary was made of, maybe in another file
 * @param text the record's own {@code content}, as {@code system} records have it; empty where there is none
 */
public record TranscriptRecord(
        String type,
        String subtype,
        String uuid,
        String sessionId,
        Instant timestamp,
        String cwd,
        String gitBranch,
        String version,
        String requestId,
        String agentId,
        boolean sidechain,
        boolean meta,
        boolean compactSummary,
        TranscriptMessage message,
        RecordTitle title,
        String leafUuid,
        CutText text)
        implements ParsedLine {

    public boolean isUser() {
        return "user".equals(type);
    }

    public boolean isAssistant() {
        return "assistant".equals(type);
    }

    public boolean isSystem() {
        return "system".equals(type);
    }

    /** Whether it only tells how something goes on that other records tell in full. */
    public boolean isProgress() {
        return "progress".equals(type);
    }
}
