package dev.observatory.message;

import java.time.Instant;

/**
 * A change of a watched file.
 *
 * @param path relative to {@code root}, with {@code /} between its parts
 * @param size bytes after the change, 0 when the file is gone
 * @param appendedBytes how many bytes have come since the last report, 0 unless it grew
 * @param conversationId null when the file belongs to none yet
 * @param projectId null when the file belongs to none yet
 */
public record FileUpdate(
        String path,
        String root,
        FileEvent event,
        long size,
        long appendedBytes,
        String conversationId,
        String projectId,
        Instant detectedAt) {

    /** What happened to the file. */
    public enum FileEvent {
        CREATED,
        MODIFIED,
        DELETED,
        TRUNCATED
    }
}
