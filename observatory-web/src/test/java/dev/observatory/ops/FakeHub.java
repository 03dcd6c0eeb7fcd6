package dev.observatory.ops;

import dev.observatory.hub.HubFigures;
import dev.observatory.hub.HubFigures.Counts;
import dev.observatory.hub.HubFigures.Deliveries;
import dev.observatory.hub.HubFigures.Load;
import dev.observatory.protocol.Endpoint;
import java.util.Arrays;
import java.util.Map;

/** A hub that has counted what a test says. */
final class FakeHub {

    int connections;
    long messages;
    private final long[] buckets = new long[Deliveries.BOUNDS_SECONDS.size() + 1];

    /** So many deliveries took so long. */
    void delivers(long count, double seconds) {
        int bucket = 0;
        while (bucket < Deliveries.BOUNDS_SECONDS.size() && seconds > Deliveries.BOUNDS_SECONDS.get(bucket)) {
            bucket++;
        }
        buckets[bucket] += count;
    }

    HubFigures figures() {
        return new HubFigures(
                new Load(Map.of(Endpoint.CONSOLE, connections), 0, 0, 0, 0, 0, 0),
                new Deliveries(Arrays.stream(buckets).boxed().toList(), 0),
                new Counts(
                        Map.of("alert", messages / 2, "other", messages - messages / 2),
                        0,
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        0,
                        0,
                        0,
                        Map.of(),
                        Map.of()));
    }
}
