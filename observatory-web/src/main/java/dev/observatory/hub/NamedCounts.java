package dev.observatory.hub;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts, each with a name. Names that come from outside could be endless, so what comes after the first few hundred is
 * counted together. Thread-safe.
 */
final class NamedCounts {

    /** What further names are counted as. */
    static final String OTHER = "other";

    private static final int MAX_NAMES = 200;

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /** @param names are there from the beginning, with 0 */
    NamedCounts(String... names) {
        for (String name : names) {
            add(name, 0);
        }
    }

    void add(String name, long n) {
        LongAdder count = counts.get(name);
        if (count == null) {
            count = counts.computeIfAbsent(counts.size() < MAX_NAMES ? name : OTHER, first -> new LongAdder());
        }
        count.add(n);
    }

    /** The counts so far, by name. */
    Map<String, Long> sums() {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((name, count) -> sums.put(name, count.sum()));
        return sums;
    }
}
