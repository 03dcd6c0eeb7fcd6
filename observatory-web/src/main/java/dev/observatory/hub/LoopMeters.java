package dev.observatory.hub;

import dev.observatory.hub.HubFigures.Deliveries;
import java.util.Arrays;

/**
 * Counts the deliveries of one loop and how long they took. In plain numbers, because it is done for every delivery.
 * Confined to the loop.
 */
final class LoopMeters {

    /** Where the buckets end, nanoseconds. */
    private static final long[] BOUNDS = Deliveries.BOUNDS_SECONDS.stream()
            .mapToLong(seconds -> Math.round(seconds * 1e9))
            .toArray();

    /** How many deliveries took so long; the last bucket has those beyond the last bound. */
    private final long[] buckets = new long[BOUNDS.length + 1];

    private long nanos;

    /**
     * A message has left.
     *
     * @param took since it got its number, nanoseconds
     */
    void delivered(long took) {
        int bucket = 0;
        while (bucket < BOUNDS.length && took > BOUNDS[bucket]) {
            bucket++;
        }
        buckets[bucket]++;
        nanos += took;
    }

    Deliveries deliveries() {
        return new Deliveries(Arrays.stream(buckets).boxed().toList(), nanos / 1e9);
    }
}
