package dev.observatory.store;

import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.KeptLine;
import dev.observatory.conversation.KeptSegment;
import dev.observatory.conversation.KeptSegments;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The segments of a SQL database, one by one. Thread-safe. */
final class SqlKeptSegments implements KeptSegments {

    private record Row(long number, UUID fileId, List<KeptLine> lines) {}

    private static final String COLUMNS = "select number, file_id, line_count, data from segment ";

    private final Database database;

    SqlKeptSegments(Database database) {
        this.database = database;
    }

    @Override
    public UUID storeId() {
        return database.read(SqlKeptSegments::findId).orElseGet(this::createId);
    }

    private static Optional<UUID> findId(Handle handle) {
        return handle.createQuery("select id from identity").mapTo(UUID.class).findOne();
    }

    private UUID createId() {
        database.write(transaction -> {
            if (findId(transaction.handle()).isEmpty()) {
                transaction.handle().execute("insert into identity (number, id) values (1, ?)", UUID.randomUUID());
            }
        });
        return database.read(SqlKeptSegments::findId).orElseThrow();
    }

    @Override
    public Optional<KeptSegment> after(long number) {
        // no join: it might make a database read all segments first, in order to sort them
        return database.read(handle -> placed(
                handle,
                COLUMNS + "where number > :number and exists (select 1 from file where file.id = segment.file_id)"
                        + " order by number limit 1",
                number));
    }

    @Override
    public Optional<KeptSegment> segment(long number) {
        return database.read(handle -> placed(handle, COLUMNS + "where number = :number", number));
    }

    @Override
    public long newest() {
        return database.read(handle -> handle.createQuery("select max(number) from segment")
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
    }

    private static Optional<KeptSegment> placed(Handle handle, String query, long number) {
        return handle.createQuery(query)
                .bind("number", number)
                .map((row, context) -> row(row))
                .findOne()
                .flatMap(row ->
                        place(handle, row.fileId()).map(place -> new KeptSegment(row.number(), place, row.lines())));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("number"),
                row.getObject("file_id", UUID.class),
                SegmentFormat.read(row.getBytes("data"), row.getInt("line_count")));
    }

    /** Empty when its conversation is forgotten. */
    private static Optional<FilePlace> place(Handle handle, UUID fileId) {
        return handle.createQuery("select " + Tables.FILE.columnNames() + " from file where id = :file")
                .bind("file", fileId)
                .map(Tables.FILE.mapper())
                .findOne();
    }
}
