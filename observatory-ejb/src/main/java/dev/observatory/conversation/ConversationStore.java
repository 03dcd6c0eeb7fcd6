package dev.observatory.conversation;

import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

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
     * Lets conversations go with all there is of them: lines, places of files, usage and state. All of it or nothing, and
     * doing it again changes nothing. The room of the lines is given back by {@link #purge}. Not to be called within a
     * transaction of the container's.
     *
     * @param projects their new states, which are kept at the same time
     * @throws StoreUnavailableException when it could not be done; it may be tried again
     */
    void forget(Collection<String> conversationIds, List<ProjectUpdate> projects);

    /**
     * Deletes a few megabytes of the lines of forgotten conversations.
     *
     * @return whether there may be more
     */
    boolean purge();

    /**
     * Where reading stopped in every file ever read.
     *
     * @throws StoreUnavailableException when that cannot be told now, as of every method here
     */
    List<FilePlace> places();

    /** Asks for a sign of life and nothing else. */
    void check();

    /** The newest state of every conversation, without records. */
    List<ConversationUpdate> conversations();

    /** The newest state of every project. */
    List<ProjectUpdate> projects();

    /** What was used of tokens, in no order. */
    List<UsageTotal> usage(UsageQuery query);

    /** The files of a conversation, by root and path. */
    List<FilePlace> files(String conversationId);

    /**
     * Shows kept lines of files, over all of them in the order they were kept or the other way round, until the reader
     * has seen enough. Never more than one segment, which is a few megabytes or one longer line, is in memory. What is
     * kept meanwhile may be shown or not.
     *
     * @param behind the line behind which to begin, seen in that order; null to begin at its end
     * @param reader says whether it wants another line
     */
    void lines(Collection<FilePlace> files, LineOrder order, LineMark behind, Predicate<PlacedLine> reader);

    /** Shows every kept line of a conversation, over all of its files in the order they were kept. */
    default void lines(String conversationId, BiConsumer<FilePlace, KeptLine> reader) {
        lines(files(conversationId), LineOrder.OLDEST_FIRST, null, line -> {
            reader.accept(line.place(), line.line());
            return true;
        });
    }

    /** The last kept lines of a conversation, over all of its files in the order they were kept, at most so many. */
    default List<PlacedLine> lastLines(String conversationId, int atMost) {
        Deque<PlacedLine> last = new ArrayDeque<>();
        if (atMost > 0) {
            lines(files(conversationId), LineOrder.NEWEST_FIRST, null, line -> {
                last.addFirst(line);
                return last.size() < atMost;
            });
        }
        return List.copyOf(last);
    }

    /** A line with the file it stands in, and where it stands in the order of all. */
    record PlacedLine(FilePlace place, KeptLine line, LineMark mark) {}
}
