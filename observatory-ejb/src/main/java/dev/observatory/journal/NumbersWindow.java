package dev.observatory.journal;

import java.util.function.Consumer;
import java.util.function.Predicate;

/** The remembered numbers behind {@code floor} up to {@code pos}, as they were at one moment. Immutable. */
record NumbersWindow(long floor, long pos, NumbersChunk[] chunks) {

    /** Visits those behind a pos whose address is looked for, in order. */
    void forEachAfter(long after, Predicate<Address> address, Consumer<Numbered> visitor) {
        long next = Math.max(floor, after) + 1;
        for (NumbersChunk chunk : chunks) {
            while (next <= pos && !chunk.isFull(next)) {
                if (address.test(chunk.address(next))) {
                    visitor.accept(chunk.get(next));
                }
                next++;
            }
        }
    }
}
