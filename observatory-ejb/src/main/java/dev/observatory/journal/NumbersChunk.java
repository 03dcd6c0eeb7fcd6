package dev.observatory.journal;

/**
 * The numbers of consecutive messages. What stands in it once does not change, so that it can be read without the
 * journal's lock up to a pos that was found with it.
 */
final class NumbersChunk {

    private static final int SIZE = 1024;

    private final long first;
    private final Address[] addresses = new Address[SIZE];
    private final long[] seqs = new long[SIZE];
    private final int[] sizes = new int[SIZE];

    NumbersChunk(long first) {
        this.first = first;
    }

    long first() {
        return first;
    }

    /** Whether a pos lies behind what it has room for. */
    boolean isFull(long pos) {
        return pos - first >= SIZE;
    }

    void set(long pos, Address address, long seq, int size) {
        int i = (int) (pos - first);
        addresses[i] = address;
        seqs[i] = seq;
        sizes[i] = size;
    }

    Numbered get(long pos) {
        int i = (int) (pos - first);
        return new Numbered(pos, seqs[i], sizes[i], addresses[i]);
    }

    Address address(long pos) {
        return addresses[(int) (pos - first)];
    }
}
