package dev.observatory.watch;

import dev.observatory.conversation.FileOwner;
import dev.observatory.transcript.TranscriptLocation;
import java.util.Optional;

/**
 * Where the lines go. Called by the reading thread only. A slice of a buffer is valid during the call and no longer.
 */
interface LineSink {

    /** One complete line, without its newline and never empty. */
    void line(TranscriptLocation file, byte[] buffer, int offset, int length);

    /**
     * The last line of a file at rest, which has no newline yet.
     *
     * @return whether it was complete and is done with; if not, it comes again when it has grown
     */
    boolean restingLine(TranscriptLocation file, byte[] buffer, int offset, int length);

    /** A line that was skipped because it is longer than what is read. */
    void oversizedLine(TranscriptLocation file, long bytes);

    /** The file was truncated or replaced: its lines come again from the first. */
    void restart(TranscriptLocation file);

    /**
     * The end of a turn in which the file gave something.
     *
     * @param live false while that is being read which already lay there when the watch began
     */
    void flush(TranscriptLocation file, boolean live);

    /** About a second has passed. */
    void tick();

    /** Whom the file belongs to, as far as its lines have shown. */
    Optional<FileOwner> ownerOf(TranscriptLocation file);

    /** How many lines were taken as records. */
    long records();

    /** How many lines could not be read. */
    long badLines();
}
