package dev.observatory.store;

import dev.observatory.conversation.ConversationStore.PlacedLine;
import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.KeptLine;
import dev.observatory.conversation.LineMark;
import dev.observatory.conversation.LineOrder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A way through the segments of some files, one after the other. Used once, by one thread. */
final class SegmentWalk {

    /** Where a conversation was followed live, nearly every line is a segment of its own. */
    private static final int BATCH = 500;

    private final Database database;
    private final Map<UUID, FilePlace> places;
    private final LineOrder order;

    SegmentWalk(Database database, Collection<FilePlace> files, LineOrder order) {
        this.database = database;
        this.places = files.stream().collect(Collectors.toMap(Tables::idOf, Function.identity()));
        this.order = order;
    }

    void show(LineMark behind, Predicate<PlacedLine> reader) {
        Long from = behind == null ? null : Long.valueOf(behind.segment());
        for (List<Segments.Entry> batch = batch(from); !batch.isEmpty(); batch = batch(from)) {
            for (Segments.Entry entry : batch) {
                if (!show(entry, behind, reader)) {
                    return;
                }
            }
            from = batch.get(batch.size() - 1).number() + step();
        }
    }

    private List<Segments.Entry> batch(Long from) {
        return places.isEmpty()
                ? List.of()
                : database.read(handle -> new Segments(handle).entries(places.keySet(), order, from, BATCH));
    }

    /** @return whether the reader wants more */
    private boolean show(Segments.Entry entry, LineMark behind, Predicate<PlacedLine> reader) {
        // outside of read: the reader takes its time, and must not hold a connection meanwhile
        List<KeptLine> lines = database.read(handle -> new Segments(handle).read(entry.number()));
        FilePlace place = places.get(entry.fileId());
        for (int i = step() > 0 ? 0 : lines.size() - 1; i >= 0 && i < lines.size(); i += step()) {
            LineMark mark = new LineMark(entry.number(), i);
            boolean isBehind = behind == null || mark.compareTo(behind) * step() > 0;
            if (isBehind && !reader.test(new PlacedLine(place, lines.get(i), mark))) {
                return false;
            }
        }
        return true;
    }

    private int step() {
        return order == LineOrder.OLDEST_FIRST ? 1 : -1;
    }
}
