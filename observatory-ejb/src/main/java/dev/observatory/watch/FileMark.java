package dev.observatory.watch;

import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.Progress;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * How a file looks from outside. Immutable.
 *
 * @param key device and inode as the system writes them, null where the file system has none
 */
record FileMark(String key, long size, Instant modified) {

    static FileMark of(BasicFileAttributes entry) {
        return of(entry, entry.size());
    }

    static FileMark of(BasicFileAttributes entry, long size) {
        return new FileMark(
                Objects.toString(entry.fileKey(), null),
                size,
                entry.lastModifiedTime().toInstant());
    }

    /** Whether the file looks as it did when it was left there. */
    boolean isThatOf(FilePlace place) {
        return size == place.size()
                && kept(modified).equals(kept(place.modified()))
                && Objects.equals(key, place.fileKey());
    }

    /** The same file, so far taken for the one with that key. */
    FileMark takenFor(String otherKey) {
        return new FileMark(otherKey, size, modified);
    }

    Progress progress(long offset, Head head) {
        return new Progress(key, size, kept(modified), offset, head.length(), head.checksum());
    }

    /** A time as any database can keep it. */
    private static Instant kept(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
