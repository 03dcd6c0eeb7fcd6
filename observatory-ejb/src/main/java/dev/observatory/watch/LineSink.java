package dev.observatory.watch;

import dev.observatory.conversation.Arrival;
import dev.observatory.conversation.FileOwner;
import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.HookEvent;
import dev.observatory.conversation.HookFigures;
import dev.observatory.conversation.Progress;
import dev.observatory.conversation.QuietConversation;
import dev.observatory.transcript.TranscriptLocation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where the lines go. Called by the reading thread only. A slice of a buffer is valid during the call and no longer.
 */
interface LineSink {

    /** Asks for what was kept before. To be called once, before anything else; if it takes longer, a tick tries again. */
    void load();

    /** Where the files were left, once after {@link #load}. */
    List<FilePlace> takePlaces();

    /** Whether lines are taken now. While they are not, only ticks help, and nothing may be read. */
    boolean available();

    /** Why no lines are taken now, in words for an operator; null while they are. */
    String trouble();

    /**
     * A turn is about to give something of a file.
     *
     * @param fromStart whether its lines come from the first
     * @throws dev.observatory.conversation.StoreUnavailableException when nothing can be taken now
     */
    void begin(TranscriptLocation file, boolean fromStart);

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
     * The end of a turn in which the file gave something, or was found to be at rest and empty.
     *
     * @param progress how far the file is read now
     */
    void flush(TranscriptLocation file, Arrival arrival, Progress progress);

    /** A hook has told something of a session; also before {@link #load}. */
    void report(HookEvent event);

    /** About a second has passed. */
    void tick();

    /** The conversations to which nothing has come since then, as far as is known without their files. */
    List<String> quietSince(Instant time);

    /**
     * One of them.
     *
     * @return empty if something has come to it in the meantime
     * @throws dev.observatory.conversation.StoreUnavailableException when that cannot be said now
     */
    Optional<QuietConversation> quiet(String conversationId, Instant time);

    /** Lets conversations go with all there is of them. */
    void forget(List<String> conversationIds);

    /**
     * Gives back some of the room of conversations that were let go.
     *
     * @return whether there may be more
     * @throws dev.observatory.conversation.StoreUnavailableException when that cannot be done now
     */
    boolean purge();

    /** Whom the file belongs to, as far as its lines have shown. */
    Optional<FileOwner> ownerOf(TranscriptLocation file);

    /** How many lines were taken as records. */
    long records();

    /** How many lines could not be read. */
    long badLines();

    /** What came of hooks. */
    HookFigures hooks();
}
