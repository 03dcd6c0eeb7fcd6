package dev.observatory.store;

import dev.observatory.conversation.KeptLine;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines that were kept together, as one row. A row a line would make an import slower by an order of magnitude.
 * Immutable.
 *
 * @param firstPosition the lowest position of a line
 * @param lastPosition the highest
 * @param size bytes of the texts
 * @param data the lines as {@link SegmentFormat} writes them
 */
record Segment(long firstPosition, long lastPosition, int lineCount, long size, byte[] data) {

    /** A segment is read and written in one piece. A longer line is one of its own. */
    static final int MAX_BYTES = 4 << 20;

    /** The lines in as many segments as they need: one, unless they are very long or positions begin anew. */
    static List<Segment> of(List<KeptLine> lines) {
        List<Segment> segments = new ArrayList<>(1);
        int start = 0;
        long size = 0;
        for (int i = 0; i < lines.size(); i++) {
            int length = lines.get(i).text().length;
            if (i > start && (size + length > MAX_BYTES || isAnew(lines, i))) {
                segments.add(ofAll(lines.subList(start, i), size));
                start = i;
                size = 0;
            }
            size += length;
        }
        if (start < lines.size()) {
            segments.add(ofAll(lines.subList(start, lines.size()), size));
        }
        return segments;
    }

    /** Whether the file was replaced here: positions that span what is in between would match all of it. */
    private static boolean isAnew(List<KeptLine> lines, int i) {
        return lines.get(i).position() <= lines.get(i - 1).position();
    }

    private static Segment ofAll(List<KeptLine> lines, long size) {
        long first = lines.stream().mapToLong(KeptLine::position).min().orElseThrow();
        long last = lines.stream().mapToLong(KeptLine::position).max().orElseThrow();
        return new Segment(first, last, lines.size(), size, SegmentFormat.write(lines));
    }
}
