package dev.observatory.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.conversation.HookFigures;
import dev.observatory.hub.HubFigures;
import dev.observatory.hub.HubFigures.Counts;
import dev.observatory.hub.HubFigures.Deliveries;
import dev.observatory.hub.HubFigures.Load;
import dev.observatory.journal.JournalStatus;
import dev.observatory.message.Priority;
import dev.observatory.protocol.Endpoint;
import dev.observatory.watch.WatchStatus;
import dev.observatory.watch.WatchStatus.Progress;
import dev.observatory.watch.WatchStatus.Retention;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The application's metrics")
class FiguresTest {

    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(observatory_[a-z_]+)` \\| ([a-z]+) \\|");
    private static final Pattern TOLD = Pattern.compile("(?m)^# TYPE (observatory_[a-z_]+) ([a-z]+)$");

    @Test
    @DisplayName("are written with their labels in the text format")
    void areWritten() {
        assertThat(text().lines())
                .contains(
                        "# HELP observatory_connections Open connections.",
                        "# TYPE observatory_connections gauge",
                        "observatory_connections{endpoint=\"/ws\"} 3.0",
                        "observatory_queue_bytes_max 70.0",
                        "observatory_queue_age_seconds 1.5",
                        "# TYPE observatory_messages_total counter",
                        "observatory_messages_total{type=\"alert\"} 4.0",
                        "# TYPE observatory_delivery_seconds histogram",
                        "observatory_delivery_seconds_bucket{le=\"2.5E-4\"} 1",
                        "observatory_delivery_seconds_bucket{le=\"5.0E-4\"} 3",
                        "observatory_delivery_seconds_bucket{le=\"10.0\"} 3",
                        "observatory_delivery_seconds_bucket{le=\"+Inf\"} 7",
                        "observatory_delivery_seconds_sum 45.5",
                        "observatory_deliveries_total 7.0",
                        "observatory_dropped_total{lane=\"low\",reason=\"rate_limit\"} 9.0",
                        "observatory_resumes_total{outcome=\"gap\"} 1.0",
                        "observatory_journal_pos 42.0",
                        "observatory_journal_messages 30.0",
                        "observatory_journal_bytes 3000.0",
                        "observatory_journal_lag_messages 2.0",
                        "observatory_journal_channels 12.0",
                        "observatory_journal_ousted_total 5.0",
                        "observatory_watch_lag_bytes 77.0");
    }

    @Test
    @DisplayName("are those that the reference lists, and no others")
    void areDocumented() throws IOException {
        String reference = Files.readString(Path.of("..", "docs", "reference", "metrics.md"));

        assertThat(found(DOCUMENTED, reference)).containsExactlyInAnyOrderElementsOf(found(TOLD, text()));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1) + " " + found.group(2))
                .toList();
    }

    private static String text() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.getPrometheusRegistry().register(() -> figures().snapshots());
        return registry.scrape();
    }

    private static Figures figures() {
        List<Long> buckets = Stream.concat(
                        Stream.of(1L, 2L), Stream.generate(() -> 0L).limit(Deliveries.BOUNDS_SECONDS.size() - 2L))
                .toList();
        HubFigures hub = new HubFigures(
                new Load(Map.of(Endpoint.CONSOLE, 3), 5, 6, 100, 70, 1.5, 1.25),
                new Deliveries(Stream.concat(buckets.stream(), Stream.of(4L)).toList(), 45.5),
                new Counts(
                        Map.of("alert", 4L),
                        8,
                        Map.of("user_limit", 1L),
                        Map.of("gone", 2L),
                        Map.of("no_pong", 3L),
                        11,
                        12,
                        1300,
                        Map.of(Priority.LOW, Map.of("rate_limit", 9L)),
                        Map.of("gap", 1L)));
        WatchStatus watch = new WatchStatus(
                List.of(),
                2,
                new Progress(0, 0, 0, 0),
                77,
                100,
                1,
                0,
                true,
                true,
                null,
                HookFigures.NONE,
                Retention.NONE,
                Instant.EPOCH);
        return new Figures(
                hub, new JournalStatus(Instant.EPOCH, null, false, 42, 40, 30, 3000, 12, 5, Instant.EPOCH), watch);
    }
}
