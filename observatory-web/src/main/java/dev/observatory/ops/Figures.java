package dev.observatory.ops;

import static dev.observatory.ops.Family.counter;
import static dev.observatory.ops.Family.gauge;
import static dev.observatory.ops.Family.histogram;

import dev.observatory.hub.HubFigures;
import dev.observatory.hub.HubFigures.Counts;
import dev.observatory.hub.HubFigures.Load;
import dev.observatory.journal.JournalStatus;
import dev.observatory.protocol.Endpoint;
import dev.observatory.watch.WatchStatus;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The application's own figures at one moment, under the names that {@code docs/reference/metrics.md} explains.
 * Immutable.
 *
 */
record Figures(HubFigures hub, JournalStatus journal, WatchStatus watch) {

    MetricSnapshots snapshots() {
        return new MetricSnapshots(Stream.of(held(hub.load()), delivered(), happened(hub.counts()), fed())
                .flatMap(List::stream)
                .toList());
    }

    private static List<MetricSnapshot> held(Load load) {
        return List.of(
                gauge("observatory_connections", "Open connections.", endpoints(load.connections())),
                gauge("observatory_subscriptions", "Subscriptions over all connections.", load.subscriptions()),
                gauge("observatory_queue_frames", "Frames that wait to be sent.", load.queuedFrames()),
                gauge("observatory_queue_bytes", "Size of the frames that wait to be sent.", load.queuedBytes()),
                gauge(
                        "observatory_queue_bytes_max",
                        "Size of the frames that wait for one connection, the largest.",
                        load.longestQueueBytes()),
                gauge(
                        "observatory_queue_age_seconds",
                        "Age of the oldest frame that has not left, added up over all connections.",
                        load.queueAgeSeconds()),
                gauge(
                        "observatory_queue_age_seconds_max",
                        "Age of the oldest frame that has not left, the highest of all connections.",
                        load.oldestQueueSeconds()));
    }

    private List<MetricSnapshot> delivered() {
        return List.of(
                counter(
                        "observatory_deliveries",
                        "Messages that were sent to a client.",
                        hub.deliveries().count()),
                histogram(
                        "observatory_delivery_seconds",
                        "From a message's number to the end of its send to a client.",
                        hub.deliveries()));
    }

    private static List<MetricSnapshot> happened(Counts counts) {
        return List.of(
                counter("observatory_messages", "Messages that got their numbers.", by("type", counts.messages())),
                counter("observatory_connections_opened", "Connections opened.", counts.opened()),
                counter("observatory_connections_closed", "Connections ended.", by("reason", counts.closed())),
                counter("observatory_handshakes_refused", "Handshakes refused.", by("reason", counts.refused())),
                counter(
                        "observatory_deliveries_failed",
                        "Messages that did not reach a client they were queued for.",
                        by("reason", counts.failed())),
                counter("observatory_conflated", "Messages that gave way to a newer state.", counts.conflated()),
                counter(
                        "observatory_compressed",
                        "Messages that were compressed, once for all clients.",
                        counts.compressed()),
                counter("observatory_compressed_bytes", "Size of the compressed messages.", counts.compressedBytes()),
                counter(
                        "observatory_dropped",
                        "Messages dropped from a client's queue, which it is told.",
                        drops(counts)),
                counter("observatory_resumes", "Clients that came back.", by("outcome", counts.resumed())));
    }

    private List<MetricSnapshot> fed() {
        return List.of(
                gauge("observatory_journal_pos", "Number of the last message over all channels.", journal.pos()),
                gauge("observatory_journal_messages", "Messages that the journal holds in memory.", journal.messages()),
                gauge("observatory_journal_bytes", "Size of the messages in memory.", journal.bytes()),
                gauge(
                        "observatory_journal_lag_messages",
                        "Messages in memory that are not written to the database yet.",
                        journal.lag()),
                gauge("observatory_journal_channels", "Channels that have numbers.", journal.channels()),
                counter(
                        "observatory_journal_ousted",
                        "Messages for those who come later that had to go before they expired.",
                        journal.ousted()),
                gauge("observatory_watch_files", "Transcript files known.", watch.files()),
                gauge(
                        "observatory_watch_lag_bytes",
                        "Bytes written to transcripts and not read yet.",
                        watch.lagBytes()),
                counter("observatory_watch_records", "Lines taken as records.", watch.records()),
                counter("observatory_watch_bad_lines", "Lines that could not be read.", watch.badLines()));
    }

    private static Map<Labels, Integer> endpoints(Map<Endpoint, Integer> counts) {
        return counts.entrySet().stream()
                .collect(Collectors.toMap(
                        count -> Labels.of("endpoint", count.getKey().path()), Map.Entry::getValue));
    }

    private static Map<Labels, Long> by(String label, Map<String, Long> counts) {
        return counts.entrySet().stream()
                .collect(Collectors.toMap(count -> Labels.of(label, count.getKey()), Map.Entry::getValue));
    }

    private static Map<Labels, Long> drops(Counts counts) {
        Map<Labels, Long> drops = new HashMap<>();
        counts.dropped()
                .forEach((lane, reasons) -> reasons.forEach((reason, count) ->
                        drops.put(Labels.of("lane", lane.name().toLowerCase(Locale.ROOT), "reason", reason), count)));
        return drops;
    }
}
