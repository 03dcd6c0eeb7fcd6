package dev.observatory.rest;

import dev.observatory.conversation.ConversationStore.PlacedLine;
import dev.observatory.conversation.FullRecord;
import dev.observatory.conversation.FullRecordReader;
import dev.observatory.conversation.LineMark;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Takes lines until a page is full. Used once, by one thread. */
final class RecordPage implements Predicate<PlacedLine> {

    /** So many bytes of lines are on a page; a longer line is alone on one. */
    static final long MAX_BYTES = 4 << 20;

    /** So many bytes of lines are looked at for one page, so that a search for what is rare ends soon. */
    static final long MAX_READ_BYTES = 64 << 20;

    private final RecordQuery query;
    private final FullRecordReader reader = new FullRecordReader();
    private final List<FullRecord> records = new ArrayList<>();
    private long bytes;
    private long readBytes;

    /** The last line that the page covers. */
    private LineMark end;

    private boolean hasMore;

    RecordPage(RecordQuery query) {
        this.query = query;
    }

    /** @return whether there may be room for another line */
    @Override
    public boolean test(PlacedLine line) {
        int length = line.line().text().length;
        boolean isFull = records.size() == query.limit() || readBytes >= MAX_READ_BYTES;
        if (isFull || !records.isEmpty() && bytes + length > MAX_BYTES) {
            hasMore = true;
            return false;
        }
        reader.read(line, query::wants).ifPresent(record -> {
            records.add(record);
            bytes += length;
        });
        readBytes += length;
        end = line.mark();
        return true;
    }

    List<FullRecord> records() {
        return records;
    }

    /** Where the next page begins, null behind the last. */
    LineMark next() {
        return hasMore ? end : null;
    }
}
