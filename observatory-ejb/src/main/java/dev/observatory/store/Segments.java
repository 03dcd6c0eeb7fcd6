package dev.observatory.store;

import dev.observatory.conversation.KeptLine;
import dev.observatory.conversation.LineOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/**
 * The table of segments, by one connection. Confined to the thread that holds it.
 *
 * <p>A line of a file is kept once: what has the same position and the same bytes is the same line. So a turn may be
 * kept again after a commit whose outcome is unknown, also when it has grown meanwhile; and a file that was replaced,
 * whose positions begin anew, adds its lines to the old ones, which stay.
 */
final class Segments {

    /** Where to find a segment. */
    record Entry(long number, UUID fileId) {}

    private final Handle handle;

    Segments(Handle handle) {
        this.handle = handle;
    }

    void keep(UUID fileId, List<KeptLine> lines) {
        List<Segment> segments = Segment.of(lines);
        List<KeptLine> known = new ArrayList<>();
        for (Segment segment : segments) {
            known.addAll(keptBetween(fileId, segment.firstPosition(), segment.lastPosition()));
        }
        if (!known.isEmpty()) {
            segments = Segment.of(
                    lines.stream().filter(line -> !contains(known, line)).toList());
        }
        insert(fileId, segments);
    }

    /** Nothing, but for a turn that is kept again and a file that was replaced. */
    private List<KeptLine> keptBetween(UUID fileId, long firstPosition, long lastPosition) {
        return handle
                .createQuery("select number from segment"
                        + " where file_id = :file and last_position >= :first and first_position <= :last")
                .bind("file", fileId)
                .bind("first", firstPosition)
                .bind("last", lastPosition)
                .mapTo(Long.class)
                .list()
                .stream()
                .flatMap(number -> read(number).stream())
                .toList();
    }

    private static boolean contains(List<KeptLine> lines, KeptLine line) {
        return lines.stream()
                .anyMatch(other -> other.position() == line.position()
                        && other.skippedBytes() == line.skippedBytes()
                        && Arrays.equals(other.text(), line.text()));
    }

    private void insert(UUID fileId, List<Segment> segments) {
        if (segments.isEmpty()) {
            return;
        }
        String insert = "insert into segment (file_id, first_position, last_position, line_count, size_bytes, data)"
                + " values (:file, :first, :last, :lines, :size, :data)";
        try (PreparedBatch batch = handle.prepareBatch(insert)) {
            for (Segment segment : segments) {
                batch.bind("file", fileId)
                        .bind("first", segment.firstPosition())
                        .bind("last", segment.lastPosition())
                        .bind("lines", segment.lineCount())
                        .bind("size", segment.size())
                        .bind("data", segment.data())
                        .add();
            }
            batch.execute();
        }
    }

    List<KeptLine> read(long number) {
        return handle.createQuery("select data, line_count from segment where number = :number")
                .bind("number", number)
                .map((row, context) -> SegmentFormat.read(row.getBytes("data"), row.getInt("line_count")))
                .one();
    }

    /**
     * Segments of files, with a batch of them at most.
     *
     * @param from the first number wanted, null for that at the end where the order begins
     */
    List<Entry> entries(Collection<UUID> fileIds, LineOrder order, Long from, int atMost) {
        boolean rises = order == LineOrder.OLDEST_FIRST;
        Query query = handle.createQuery("select number, file_id from segment where file_id in (<files>)"
                + (from == null ? "" : rises ? " and number >= :from" : " and number <= :from")
                + " order by number" + (rises ? "" : " desc")
                + " limit :limit");
        if (from != null) {
            query.bind("from", from);
        }
        return query.bindList("files", List.copyOf(fileIds))
                .bind("limit", atMost)
                .map((row, context) -> new Entry(row.getLong("number"), row.getObject("file_id", UUID.class)))
                .list();
    }
}
