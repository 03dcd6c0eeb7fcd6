package dev.observatory.ops;

import dev.observatory.hub.HubFigures;
import dev.observatory.hub.HubFigures.Deliveries;
import dev.observatory.message.SystemStatus.Percentiles;
import dev.observatory.system.DeliveryReport.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.TreeMap;

/**
 * What was delivered in the last minute, from what the hub has counted since its start. Confined to one thread at a time.
 */
final class RecentDeliveries {

    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

    private record Counted(long messages, List<Long> buckets) {}

    /** By when they were counted: those of the last minute, and the last ones before it. */
    private final TreeMap<Long, Counted> counts = new TreeMap<>();

    /**
     * Takes new counts, and says what there was since those of a minute ago. Of a shorter time while there are none so old,
     * and of a longer one where the last ones before these are older.
     *
     * @param now nanoseconds, of any origin
     */
    Figures add(HubFigures hub, long now) {
        Counted counted = new Counted(
                hub.counts().messages().values().stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                hub.deliveries().buckets());
        int connections = hub.load().connections().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        Long start = counts.floorKey(now - WINDOW_NANOS);
        if (start != null) {
            counts.headMap(start).clear();
        }
        Entry<Long, Counted> first = counts.firstEntry();
        counts.put(now, counted);
        return first == null || first.getKey() >= now
                ? new Figures(connections, null, 0, null)
                : figures(connections, first.getValue(), counted, (now - first.getKey()) / 1e9);
    }

    private static Figures figures(int connections, Counted before, Counted now, double seconds) {
        List<Long> buckets = new ArrayList<>();
        for (int i = 0; i < now.buckets().size(); i++) {
            buckets.add(now.buckets().get(i) - before.buckets().get(i));
        }
        long deliveries = buckets.stream().mapToLong(Long::longValue).sum();
        Percentiles took = deliveries == 0
                ? null
                : new Percentiles(
                        milliseconds(buckets, deliveries * 0.5),
                        milliseconds(buckets, deliveries * 0.95),
                        milliseconds(buckets, deliveries * 0.99));
        double perSecond = (now.messages() - before.messages()) / seconds;
        return new Figures(connections, rounded(perSecond), deliveries, took);
    }

    /**
     * How long so many of them took at most, as if they lay evenly within each bucket. Of those beyond the last bound
     * nothing is known but that: they count as if they had taken just as long.
     */
    private static double milliseconds(List<Long> buckets, double rank) {
        double lower = 0;
        double below = 0;
        for (int i = 0; i < Deliveries.BOUNDS_SECONDS.size(); i++) {
            double upper = Deliveries.BOUNDS_SECONDS.get(i);
            long count = buckets.get(i);
            if (count > 0 && below + count >= rank) {
                return rounded((lower + (upper - lower) * (rank - below) / count) * 1000);
            }
            below += count;
            lower = upper;
        }
        return rounded(lower * 1000);
    }

    /** With three decimals. */
    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
