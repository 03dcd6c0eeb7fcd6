package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MetricsIT extends ServerTest {

    private static final Pattern SAMPLE = Pattern.compile(
            "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-z_]+=\"[^\"\\n]*\",?)+})? (NaN|[-+]?(Inf|[0-9.]+(E-?[0-9]+)?))");

    @Test
    @DisplayName("metrics are told in the format of Prometheus, each with what it is and of which type")
    void format() {
        HttpResponse<String> answer = server.fetch("api/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow().toLowerCase())
                .startsWith("text/plain")
                .contains("version=0.0.4");
        List<String> lines = answer.body().lines().toList();
        assertThat(lines.stream().filter(line -> !line.startsWith("#")))
                .isNotEmpty()
                .allMatch(line -> SAMPLE.matcher(line).matches());
        for (String name :
                List.of("observatory_connections", "observatory_deliveries_total", "jvm_memory_used_bytes")) {
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("# HELP " + name + " "))
                    .hasSize(1);
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("# TYPE " + name + " "))
                    .hasSize(1);
        }
        assertThat(lines).anyMatch(line -> line.startsWith("jvm_threads_live_threads "));
        assertThat(lines).anyMatch(line -> line.startsWith("observatory_watch_lag_bytes "));
    }

    @Test
    @DisplayName("connections, subscriptions and their ends are told as they are")
    void connections() {
        Map<String, Double> before = metrics();
        ConsoleClient first = server.subscriber("topic:a", "topic:b");
        server.subscriber("topic:a");

        Map<String, Double> open = metrics();
        assertThat(open).containsEntry("observatory_connections{endpoint=\"/ws\"}", 2.0);
        assertThat(open).containsEntry("observatory_subscriptions", 3.0);
        assertThat(rise(before, open, "observatory_connections_opened_total")).isEqualTo(2);
        first.close();
        Awaitility.await().until(() -> server.connections() == 1);

        Map<String, Double> after = metrics();
        assertThat(after).containsEntry("observatory_connections{endpoint=\"/ws\"}", 1.0);
        assertThat(rise(before, after, "observatory_connections_closed_total{reason=\"gone\"}"))
                .isEqualTo(1);
    }

    @Test
    @DisplayName("deliveries are counted exactly, with the time that each took")
    void deliveries() {
        String type = "counted_" + UUID.randomUUID().toString().substring(0, 8);
        List<ConsoleClient> clients = server.connect(3, "ws?channels=topic:counted");
        Map<String, Double> before = metrics();

        for (int i = 0; i < 20; i++) {
            server.broadcast("{\"type\":\"" + type + "\",\"channel\":\"topic:counted\",\"data\":{\"n\":" + i + "}}");
        }
        clients.forEach(client -> client.inbox().awaitCount(20, Frame::isMessage));

        Map<String, Double> after = metrics();
        assertThat(after).containsEntry("observatory_messages_total{type=\"" + type + "\"}", 20.0);
        assertThat(rise(before, after, "observatory_deliveries_total")).isEqualTo(60);
        assertThat(rise(before, after, "observatory_delivery_seconds_count")).isEqualTo(60);
        assertThat(rise(before, after, "observatory_delivery_seconds_bucket{le=\"+Inf\"}"))
                .isEqualTo(60);
        assertThat(rise(before, after, "observatory_delivery_seconds_sum")).isPositive();
        assertThat(rise(before, after, "observatory_journal_pos")).isGreaterThanOrEqualTo(20);
    }

    private Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        server.get("api/metrics", 200)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    int space = line.lastIndexOf(' ');
                    metrics.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
                });
        return metrics;
    }

    private static double rise(Map<String, Double> before, Map<String, Double> after, String name) {
        return after.getOrDefault(name, 0.0) - before.getOrDefault(name, 0.0);
    }
}
