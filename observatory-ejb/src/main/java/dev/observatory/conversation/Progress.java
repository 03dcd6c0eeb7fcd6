package dev.observatory.conversation;

import dev.observatory.transcript.TranscriptLocation;
import java.time.Instant;

/**
 * How far the watcher has read a file by the end of a turn, and by what it will know the file again. Immutable; the
 * components are those of {@link FilePlace}.
 */
public record Progress(String fileKey, long size, Instant modified, long offset, int headLength, long headChecksum) {

    FilePlace placeOf(TranscriptFile file) {
        TranscriptLocation location = file.location();
        return new FilePlace(
                location.root().toString(),
                location.path(),
                file.owner().id(),
                fileKey,
                size,
                modified,
                offset,
                headLength,
                headChecksum,
                file.position(),
                file.badLines());
    }
}
