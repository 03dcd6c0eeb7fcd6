package dev.observatory.store;

import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.KeptLine;
import dev.observatory.conversation.ReadTurn;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Conversations in a SQL database. Thread-safe.
 *
 * <p>Times of states are kept to the microsecond, those of files exactly. Readers see what was committed, segment by
 * segment: a conversation that grows meanwhile may show its newest lines or not.
 */
final class SqlConversationStore implements ConversationStore {

    private final Database database;

    SqlConversationStore(Database database) {
        this.database = database;
    }

    /** @throws IllegalArgumentException when there are lines, but no place where they stand */
    @Override
    public void keep(ReadTurn turn) {
        if (turn.place() == null && !turn.lines().isEmpty()) {
            throw new IllegalArgumentException(
                    "Lines need a place, but a turn has " + turn.lines().size() + " without");
        }
        database.write(transaction -> keep(transaction, turn));
    }

    private static void keep(Transaction transaction, ReadTurn turn) {
        if (turn.place() != null) {
            // first, for it locks the file's row: a try whose outcome is unknown has then ended, and its lines are seen
            transaction.upsert(Tables.FILE, List.of(turn.place()));
            new Segments(transaction.handle()).keep(Tables.idOf(turn.place()), turn.lines());
        }
        transaction.upsert(Tables.CONVERSATION, turn.conversations());
        transaction.upsert(Tables.PROJECT, turn.projects());
        transaction.delete(Tables.PROJECT, turn.removedProjects());
    }

    @Override
    public List<FilePlace> places() {
        return database.read(handle -> all(handle, Tables.FILE)).stream()
                .sorted(Comparator.comparing(FilePlace::root).thenComparing(FilePlace::path))
                .toList();
    }

    @Override
    public List<ConversationUpdate> conversations() {
        return database.read(handle -> all(handle, Tables.CONVERSATION)).stream()
                .sorted(Comparator.comparing(ConversationUpdate::id))
                .toList();
    }

    @Override
    public List<ProjectUpdate> projects() {
        return database.read(handle -> all(handle, Tables.PROJECT)).stream()
                .sorted(Comparator.comparing(ProjectUpdate::id))
                .toList();
    }

    /** Sorted by nobody: two databases would sort by two collations. */
    private static <T> List<T> all(Handle handle, Table<T> table) {
        return handle.createQuery("select " + table.columnNames() + " from " + table.name())
                .map(table.mapper())
                .list();
    }

    /** Files by root and path; never more than one segment of at most a few megabytes is in memory. */
    @Override
    public void lines(String conversationId, BiConsumer<FilePlace, KeptLine> reader) {
        for (FilePlace place : files(conversationId)) {
            List<Long> numbers = database.read(handle -> new Segments(handle).numbersOf(Tables.idOf(place)));
            for (long number : numbers) {
                // outside of read: the reader takes its time, and must not hold a connection meanwhile
                segment(number).forEach(line -> reader.accept(place, line));
            }
        }
    }

    private List<FilePlace> files(String conversationId) {
        return database
                .read(handle -> handle.createQuery("select " + Tables.FILE.columnNames()
                                + " from file where conversation_id = :conversation")
                        .bind("conversation", StoredText.of(conversationId))
                        .map(Tables.FILE.mapper())
                        .list())
                .stream()
                .sorted(Comparator.comparing(FilePlace::root).thenComparing(FilePlace::path))
                .toList();
    }

    private List<KeptLine> segment(long number) {
        return database.read(handle -> new Segments(handle).read(number));
    }

    @Override
    public List<PlacedLine> lastLines(String conversationId, int atMost) {
        if (atMost <= 0) {
            return List.of();
        }
        List<Segments.Entry> newest = database.read(handle -> new Segments(handle).newestOf(conversationId, atMost));
        Map<UUID, FilePlace> places =
                files(conversationId).stream().collect(Collectors.toMap(Tables::idOf, Function.identity()));
        Deque<PlacedLine> last = new ArrayDeque<>();
        for (int i = 0; i < newest.size() && last.size() < atMost; i++) {
            FilePlace place = places.get(newest.get(i).fileId());
            List<KeptLine> lines = segment(newest.get(i).number());
            for (int j = lines.size() - 1; j >= 0 && last.size() < atMost; j--) {
                last.addFirst(new PlacedLine(place, lines.get(j)));
            }
        }
        return List.copyOf(last);
    }
}
