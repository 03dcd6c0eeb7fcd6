package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import dev.observatory.it.client.RawWebSocket;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How the system is, as its server tells a client that asks for it. */
class SystemStatusIT extends ServerTest {

    @RegisterExtension
    final GuardedServer guarded = new GuardedServer();

    private static final List<String> COMPONENTS =
            List.of("database", "delivery", "gpu", "host", "journal", "jvm", "watcher");

    @Test
    @DisplayName(
            "B7.4 who subscribes to system_status has the status at once, and then each new one, with health data and"
                    + " timestamp")
    void tellsTheStatus() {
        ConsoleClient client = server.subscriber("topic:none");
        client.send("{\"type\":\"subscribe\",\"id\":1,\"data\":{\"channels\":[\"system_status\"]}}");
        Frame first = client.await(ofSnapshot(0));
        assertThat(first.data().getJsonArray("items")).hasSize(1);

        Frame message = client.await("system_status");
        client.send("{\"type\":\"subscribe\",\"id\":2,\"data\":{\"channels\":[\"system_status\"]}}");
        Frame snapshot = client.await(ofSnapshot(message.pos()));
        Frame next = client.await(ofStatus(message.seq(), status -> true));

        assertHealth(message.data());
        assertThat(message.channel()).isEqualTo("system_status");
        assertThat(message.pos()).isGreaterThan(first.pos());
        assertThat(Instant.parse(message.json().getString("timestamp")))
                .isBetween(checkedAt(message.data()), Instant.now().plusSeconds(1));
        JsonObject shown = snapshot.data().getJsonArray("items").getJsonObject(0);
        client.await(ofStatus(message.seq() - 1, shown::equals));
        assertThat(next.seq()).isEqualTo(message.seq() + 1);
        assertThat(checkedAt(next.data())).isAfter(checkedAt(message.data()));
    }

    @Test
    @DisplayName("B7.4 the status has figures of delivery, watching, JVM and host, on every server")
    void hasFigures() {
        ConsoleClient client = server.subscriber("system_status", "topic:counted");
        server.storm("topic:counted", 1, 200);

        // before that come figures of the minute in which there were the clients of other tests
        JsonObject status = client.await(
                        ofStatus(0, told -> told.getInt("connections", -1) == 1 && told.containsKey("delivery_ms")))
                .data();

        assertThat(number(status, "messages_per_s")).isPositive();
        JsonObject took = status.getJsonObject("delivery_ms");
        assertThat(number(took, "p50")).isPositive().isLessThanOrEqualTo(number(took, "p95"));
        assertThat(number(took, "p99")).isBetween(number(took, "p95"), 10_000.0);
        assertThat(status.getJsonObject("watch").keySet())
                .containsExactlyInAnyOrder("files", "lag_bytes", "bad_lines", "backfill");
        JsonObject jvm = status.getJsonObject("jvm");
        assertThat(number(jvm, "heap_used")).isBetween(1.0, number(jvm, "heap_max"));
        assertThat(jvm.getInt("threads")).isPositive();
        assertThat(jvm.getInt("uptime_seconds")).isPositive();
        assertThat(jvm.getString("version"))
                .startsWith(String.valueOf(Runtime.version().feature()));
        JsonObject host = status.getJsonObject("host");
        assertThat(number(host, "cpu")).isBetween(0.0, 100.0);
        assertThat(number(host, "memory_used")).isBetween(1.0, number(host, "memory_total"));
        assertThat(number(host, "disk_free")).isBetween(1.0, number(host, "disk_total"));
    }

    @FailureCases
    @Test
    @DisplayName("W1.5 the status counts the connections that are alive: one that answers no ping is not among them")
    void countsWhatIsAlive() throws IOException {
        String token = GuardedServer.TOKENS.token("ann", "read");
        ConsoleClient client = guarded.connect(token, "?channels=system_status");
        guarded.connect(token, "?channels=topic:none");
        RawWebSocket silent = guarded.silent("?channels=topic:none");
        assertThat(silent.read(RawWebSocket.CLOSE).closeCode()).isEqualTo(4003);
        long seen = client.messages().stream().mapToLong(Frame::seq).max().orElse(0);

        JsonObject status = client.await(ofStatus(
                        seen,
                        told -> told.getInt("connections", -1) == 2
                                && component(told, "delivery")
                                        .getString("status")
                                        .equals("ok")))
                .data();

        assertThat(component(status, "delivery").getString("details")).startsWith("connections: 2");
    }

    /** A snapshot of the channel with everything up to a number in it. */
    private static Predicate<Frame> ofSnapshot(long pos) {
        return frame ->
                frame.is("snapshot") && frame.data().getString("channel").equals("system_status") && frame.pos() >= pos;
    }

    private static Predicate<Frame> ofStatus(long behind, Predicate<JsonObject> wanted) {
        return frame -> frame.is("system_status") && frame.seq() > behind && wanted.test(frame.data());
    }

    private static void assertHealth(JsonObject status) {
        assertThat(status.getString("status")).isIn("ok", "degraded");
        assertThat(status.getJsonArray("components").getValuesAs(JsonObject.class))
                .extracting(component -> component.getString("name"))
                .isEqualTo(COMPONENTS);
        assertThat(status.getJsonArray("components").getValuesAs(JsonObject.class))
                .allSatisfy(
                        component -> assertThat(component.getString("status")).isIn("ok", "degraded", "unavailable"));
    }

    private static Instant checkedAt(JsonObject status) {
        return Instant.parse(status.getString("checked_at"));
    }

    private static JsonObject component(JsonObject status, String name) {
        return status.getJsonArray("components").getJsonObject(COMPONENTS.indexOf(name));
    }

    private static double number(JsonObject object, String name) {
        return object.getJsonNumber(name).doubleValue();
    }
}
