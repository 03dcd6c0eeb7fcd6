package dev.observatory.conversation;

import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The memory that outlives the process: how far every file was read, the lines that were new, and what became of
 * conversations and projects. Thread-safe; one thread writes.
 *
 * <p>Everything that can be derived from lines is derived from them again when it is needed.
 */
public interface ConversationStore {

    /**
     * Keeps what a turn of reading brought, all of it or nothing. Keeping the same turn again changes nothing: a line is
     * kept once by its file, its position and its bytes, and a state with a lower version never replaces one with a
     * higher. Not to be called within a transaction of the container's.
     *
     * @throws IllegalArgumentException when there are lines without a place
     * @throws StoreUnavailableException when it could not be kept; it may be tried again
     */
    void keep(ReadTurn turn);

    /**
     * Where reading stopped in every file ever read.
     *
     * @throws StoreUnavailableException when that cannot be told now, as of every method here
     */
    List<FilePlace> places();

    /** The newest state of every conversation, without records. */
    List<ConversationUpdate> conversations();

    /** The newest state of every project. */
    List<ProjectUpdate> projects();

    /** Shows every kept line of a conversation, file by file, each file's in the order they were kept. */
    void lines(String conversationId, BiConsumer<FilePlace, KeptLine> reader);

    /** The last kept lines of a conversation, over all of its files in the order they were kept, at most so many. */
    List<PlacedLine> lastLines(String conversationId, int atMost);

    /** A line with the file it stands in. */
    record PlacedLine(FilePlace place, KeptLine line) {}
}
