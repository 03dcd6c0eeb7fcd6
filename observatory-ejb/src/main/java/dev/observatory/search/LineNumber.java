package dev.observatory.search;

import dev.observatory.conversation.LineMark;

/** A {@link LineMark} as one number: the later a line was kept, the higher. */
final class LineNumber {

    /** A segment is of one turn of reading, and that is far smaller than so many lines. */
    private static final int INDEX_BITS = 22;

    /** The lines of a segment that can be told apart. */
    static final int MAX_LINES = 1 << INDEX_BITS;

    private LineNumber() {}

    static long of(LineMark mark) {
        return mark.segment() << INDEX_BITS | mark.index();
    }

    static LineMark mark(long number) {
        return new LineMark(number >>> INDEX_BITS, (int) (number & MAX_LINES - 1));
    }
}
