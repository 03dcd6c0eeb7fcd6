package dev.observatory.store;

import static java.util.stream.Collectors.toMap;

import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.LineMark;
import dev.observatory.conversation.LineOrder;
import dev.observatory.conversation.ReadTurn;
import dev.observatory.conversation.UsageQuery;
import dev.observatory.conversation.UsageTotal;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Conversations in a SQL database. Thread-safe.
 *
 * <p>Times of states are kept to the microsecond, those of files exactly. Readers see what was committed, segment by
 * segment: a conversation that grows meanwhile may show its newest lines or not.
 */
final class SqlConversationStore implements ConversationStore {

    private final Database database;

    /** Whether there may be lines of forgotten conversations; true until the first look. Changed by who writes. */
    private volatile boolean purging = true;

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

    private void keep(Transaction transaction, ReadTurn turn) {
        if (turn.place() != null) {
            // first, for it locks the file's row: a try whose outcome is unknown has then ended, and its lines are seen
            transaction.upsert(Tables.FILE, List.of(turn.place()));
            UUID fileId = Tables.idOf(turn.place());
            if (purging) {
                new ForgottenFiles(transaction.handle()).recall(fileId);
            }
            new Segments(transaction.handle()).keep(fileId, turn.lines());
        }
        transaction.upsert(Tables.CONVERSATION, turn.conversations());
        transaction.upsert(Tables.PROJECT, turn.projects());
        transaction.delete(Tables.PROJECT, Tables.PROJECT.key(), turn.removedProjects());
        new UsageRows(transaction.handle()).replace(turn.usage());
    }

    @Override
    public void forget(Collection<String> conversationIds, List<ProjectUpdate> projects) {
        purging = true;
        database.write(transaction -> {
            List<String> ids = List.copyOf(conversationIds);
            new ForgottenFiles(transaction.handle()).add(ids);
            transaction.delete(Tables.FILE, "conversation_id", ids);
            transaction.delete(Tables.CONVERSATION, Tables.CONVERSATION.key(), ids);
            new UsageRows(transaction.handle())
                    .replace(ids.stream().distinct().collect(toMap(id -> id, id -> List.of())));
            transaction.upsert(Tables.PROJECT, projects);
        });
    }

    @Override
    public boolean purge() {
        purging = database.inTransaction(transaction -> new ForgottenFiles(transaction.handle()).deletePiece());
        return purging;
    }

    @Override
    public List<FilePlace> places() {
        return database.read(handle -> new Rows<>(handle, Tables.FILE).all()).stream()
                .sorted(Comparator.comparing(FilePlace::root).thenComparing(FilePlace::path))
                .toList();
    }

    @Override
    public void check() {
        database.read(handle -> handle.createQuery("select 1").mapTo(int.class).one());
    }

    @Override
    public List<ConversationUpdate> conversations() {
        return database.read(handle -> new Rows<>(handle, Tables.CONVERSATION).all()).stream()
                .sorted(Comparator.comparing(ConversationUpdate::id))
                .toList();
    }

    @Override
    public List<ProjectUpdate> projects() {
        return database.read(handle -> new Rows<>(handle, Tables.PROJECT).all()).stream()
                .sorted(Comparator.comparing(ProjectUpdate::id))
                .toList();
    }

    @Override
    public List<UsageTotal> usage(UsageQuery query) {
        return database.read(handle -> new UsageRows(handle).totals(query));
    }

    @Override
    public List<FilePlace> files(String conversationId) {
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

    @Override
    public void lines(Collection<FilePlace> files, LineOrder order, LineMark behind, Predicate<PlacedLine> reader) {
        new SegmentWalk(database, files, order).show(behind, reader);
    }
}
