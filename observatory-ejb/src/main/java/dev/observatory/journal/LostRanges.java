package dev.observatory.journal;

import dev.observatory.message.Channel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what is lost, number by number. Not thread-safe. */
final class LostRanges {

    private final Map<Channel, List<Lost>> ranges = new TreeMap<>();
    private final Map<Channel, Long> unknown = new TreeMap<>();

    void add(Channel channel, long seq) {
        List<Lost> known = ranges.computeIfAbsent(channel, c -> new ArrayList<>());
        append(known, Lost.range(channel, seq, seq));
    }

    /** Something up to that number, the one that has it included. */
    void addUnknown(Channel channel, long toSeq) {
        unknown.merge(channel, toSeq, Math::max);
    }

    List<Lost> list() {
        List<Lost> all = new ArrayList<>();
        unknown.forEach((channel, toSeq) -> all.add(Lost.unknown(channel, toSeq)));
        ranges.values().forEach(known -> all.addAll(merged(known)));
        all.sort(Comparator.comparing(Lost::channel).thenComparing(Lost::fromSeq));
        return all;
    }

    private static List<Lost> merged(List<Lost> known) {
        List<Lost> sorted = new ArrayList<>(known);
        sorted.sort(Comparator.comparing(Lost::fromSeq));
        List<Lost> merged = new ArrayList<>();
        sorted.forEach(range -> append(merged, range));
        return merged;
    }

    /** What follows the last range without a hole makes that longer. */
    private static void append(List<Lost> known, Lost range) {
        int last = known.size() - 1;
        if (last >= 0 && known.get(last).toSeq() + 1 == range.fromSeq()) {
            known.set(last, Lost.range(range.channel(), known.get(last).fromSeq(), range.toSeq()));
        } else {
            known.add(range);
        }
    }
}
