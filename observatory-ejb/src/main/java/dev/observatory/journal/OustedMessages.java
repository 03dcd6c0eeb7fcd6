package dev.observatory.journal;

import dev.observatory.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What had to go before it expired, until it would have, in as few ranges as there can be for each address. Not
 * thread-safe: the journal's lock guards it.
 */
final class OustedMessages {

    /** How often is looked for what is over. */
    private static final Duration TIDY = Duration.ofMinutes(1);

    private final Map<Address, List<Ousted>> ranges = new HashMap<>();
    private Instant tidied = Instant.MIN;

    /** @param rest what is left of the message's channel: it lies between ranges, and never in one */
    void add(Message message, KeptChannel rest, Instant now) {
        if (!now.isBefore(tidied.plus(TIDY))) {
            tidied = now;
            ranges.values().forEach(known -> known.removeIf(range -> range.isOver(now)));
            ranges.values().removeIf(List::isEmpty);
        }
        ranges.compute(Address.of(message), (address, known) -> merged(known, Ousted.of(message), rest));
    }

    private static List<Ousted> merged(List<Ousted> known, Ousted added, KeptChannel rest) {
        List<Ousted> sorted = new ArrayList<>(known == null ? List.of() : known);
        sorted.add(added);
        sorted.sort(Comparator.comparing(Ousted::fromSeq));
        List<Ousted> merged = new ArrayList<>();
        for (Ousted range : sorted) {
            int last = merged.size() - 1;
            if (last >= 0 && !rest.hasBetween(merged.get(last).toSeq(), range.fromSeq())) {
                merged.set(last, merged.get(last).and(range));
            } else {
                merged.add(range);
            }
        }
        return merged;
    }

    /** Takes up what was remembered before. */
    void restore(Map<Address, List<Ousted>> before) {
        before.forEach((address, known) -> ranges.put(address, new ArrayList<>(known)));
    }

    Collection<Address> addresses() {
        return ranges.keySet();
    }

    /** What had to go to these addresses, by channel and number. */
    List<Ousted> list(Collection<Address> addresses, Instant now) {
        return addresses.stream()
                .flatMap(address -> ranges.getOrDefault(address, List.of()).stream())
                .filter(range -> !range.isOver(now))
                .sorted(Comparator.comparing(Ousted::channel).thenComparing(Ousted::fromSeq))
                .toList();
    }

    /** All of it. */
    Map<Address, List<Ousted>> all(Instant now) {
        Map<Address, List<Ousted>> all = new HashMap<>();
        ranges.keySet().forEach(address -> all.put(address, list(List.of(address), now)));
        all.values().removeIf(List::isEmpty);
        return all;
    }
}
