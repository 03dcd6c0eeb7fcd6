package dev.observatory.journal;

/** A range of pos, both ends included; empty when {@code to} is below {@code from}. */
record PosRange(long from, long to) {

    static final PosRange EMPTY = new PosRange(1, 0);

    boolean contains(long pos) {
        return pos >= from && pos <= to;
    }

    boolean isEmpty() {
        return to < from;
    }
}
