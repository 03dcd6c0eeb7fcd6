package dev.observatory.hub;

import dev.observatory.message.Priority;
import dev.observatory.protocol.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The hub in figures, for those who watch it. Immutable. */
public record HubFigures(Load load, Deliveries deliveries, Counts counts) {

    /**
     * What is held at one moment.
     *
     * @param connections how many there are, by endpoint; every endpoint is there
     * @param subscriptions over all connections
     * @param queuedFrames frames that wait to be sent, over all connections
     * @param queuedBytes their size
     * @param longestQueueBytes the largest size for one connection
     * @param queueAgeSeconds how long the oldest frame of each connection has not left yet, over all connections
     * @param oldestQueueSeconds the longest of these times
     */
    public record Load(
            Map<Endpoint, Integer> connections,
            int subscriptions,
            int queuedFrames,
            long queuedBytes,
            long longestQueueBytes,
            double queueAgeSeconds,
            double oldestQueueSeconds) {

        static final Load NONE = new Load(Map.of(), 0, 0, 0, 0, 0, 0);

        public Load {
            Map<Endpoint, Integer> all = new EnumMap<>(Endpoint.class);
            for (Endpoint endpoint : Endpoint.values()) {
                all.put(endpoint, connections.getOrDefault(endpoint, 0));
            }
            connections = Map.copyOf(all);
        }

        /** What these hold together. In one pass, since deliveries wait for it. */
        static Load of(Collection<Connection> all, long now) {
            Map<Endpoint, Integer> counts = new EnumMap<>(Endpoint.class);
            int subscriptions = 0;
            int frames = 0;
            long bytes = 0;
            long longest = 0;
            long age = 0;
            long oldest = 0;
            for (Connection connection : all) {
                counts.merge(connection.client().endpoint(), 1, Integer::sum);
                long queueAge = connection.queueAge(now);
                subscriptions += connection.subscriptions().size();
                frames += connection.queuedFrames();
                bytes += connection.queuedBytes();
                longest = Math.max(longest, connection.queuedBytes());
                age += queueAge;
                oldest = Math.max(oldest, queueAge);
            }
            return new Load(counts, subscriptions, frames, bytes, longest, age / 1e9, oldest / 1e9);
        }

        Load plus(Load other) {
            Map<Endpoint, Integer> sums = new EnumMap<>(connections);
            other.connections.forEach((endpoint, count) -> sums.merge(endpoint, count, Integer::sum));
            return new Load(
                    sums,
                    subscriptions + other.subscriptions,
                    queuedFrames + other.queuedFrames,
                    queuedBytes + other.queuedBytes,
                    Math.max(longestQueueBytes, other.longestQueueBytes),
                    queueAgeSeconds + other.queueAgeSeconds,
                    Math.max(oldestQueueSeconds, other.oldestQueueSeconds));
        }
    }

    /**
     * The deliveries of messages since the start, by the time from a message's number to the end of its send.
     *
     * @param buckets how many took at most as long as the bound in question and longer than the one before; one bucket
     *     more than there are bounds
     * @param seconds how long they took together
     */
    public record Deliveries(List<Long> buckets, double seconds) {

        /** Where the buckets end. */
        public static final List<Double> BOUNDS_SECONDS =
                List.of(0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

        static final Deliveries NONE = new Deliveries(List.of(), 0);

        public Deliveries {
            buckets = List.copyOf(buckets);
        }

        public long count() {
            return buckets.stream().mapToLong(Long::longValue).sum();
        }

        Deliveries plus(Deliveries other) {
            List<Long> sums = new ArrayList<>();
            for (int i = 0; i <= BOUNDS_SECONDS.size(); i++) {
                sums.add(at(i) + other.at(i));
            }
            return new Deliveries(sums, seconds + other.seconds);
        }

        private long at(int bucket) {
            return bucket < buckets.size() ? buckets.get(bucket) : 0;
        }
    }

    /**
     * What has happened since the start.
     *
     * @param messages that got their numbers, by type
     * @param opened connections
     * @param refused handshakes, by reason
     * @param closed connections, by reason: the name of a close code, or {@code gone} when the client ended it
     * @param failed deliveries, by reason: that of the connection's end
     * @param conflated messages that gave way to a newer state
     * @param compressed messages
     * @param compressedBytes their size, compressed
     * @param dropped messages, by lane and reason
     * @param resumed clients that came back, by outcome
     */
    public record Counts(
            Map<String, Long> messages,
            long opened,
            Map<String, Long> refused,
            Map<String, Long> closed,
            Map<String, Long> failed,
            long conflated,
            long compressed,
            long compressedBytes,
            Map<Priority, Map<String, Long>> dropped,
            Map<String, Long> resumed) {}
}
