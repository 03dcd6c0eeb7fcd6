package dev.observatory.conversation;

import java.util.Comparator;

/**
 * Where a kept line stands in the order in which all lines were kept. Marks stay what they are when lines are added.
 * Immutable.
 *
 * @param segment the number of the piece in which the store keeps it; numbers rise
 * @param index its place in that piece, from 0
 */
public record LineMark(long segment, int index) implements Comparable<LineMark> {

    private static final Comparator<LineMark> ORDER =
            Comparator.comparingLong(LineMark::segment).thenComparingInt(LineMark::index);

    @Override
    public int compareTo(LineMark other) {
        return ORDER.compare(this, other);
    }
}
