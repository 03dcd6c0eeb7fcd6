package dev.observatory.conversation;

import java.time.Instant;

/**
 * How far a file was read, and by what the file is recognised. Immutable.
 *
 * @param root the watched folder
 * @param path relative to it, with {@code /} between its parts
 * @param conversationId whom the file belongs to, null while that is not known; its lines join it when it is
 * @param fileKey device and inode as the system gives them, null where there are none
 * @param size bytes, when it was read
 * @param modified when it was last changed by then
 * @param offset just behind the last line taken, bytes
 * @param headLength how many of the first bytes {@code headChecksum} covers
 * @param headChecksum the fingerprint of the first bytes
 * @param position the number of the last line before {@code offset}, blank ones left out
 * @param badLines how many lines of it could not be read
 */
public record FilePlace(
        String root,
        String path,
        String conversationId,
        String fileKey,
        long size,
        Instant modified,
        long offset,
        int headLength,
        long headChecksum,
        long position,
        long badLines) {}
