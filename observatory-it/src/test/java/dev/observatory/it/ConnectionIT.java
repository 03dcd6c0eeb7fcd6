package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import jakarta.json.JsonObject;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConnectionIT extends ServerTest {

    @Test
    @DisplayName("W1.1 /ws accepts a connection and says what it offers")
    void accepts() {
        JsonObject hello = server.connect().await("connection_established").data();

        assertThat(hello.getString("endpoint")).isEqualTo("/ws");
        assertThat(hello.getString("epoch")).isNotEmpty();
        assertThat(hello.getString("user")).isEqualTo("local");
        assertThat(hello.getJsonObject("limits").getInt("command_bytes")).isEqualTo(65536);
        assertThat(hello.getJsonArray("subscriptions").toString())
                .isEqualTo("[\"all_conversations\",\"project_updates\",\"file_events\",\"alerts\"]");
    }

    @Test
    @DisplayName("W1.2 the manager knows exactly which connections are open")
    void knowsItsConnections() {
        List<ConsoleClient> clients = server.connect(3, "ws");
        assertThat(server.get("api/probe/connections", 200))
                .satisfies(ids -> clients.forEach(client -> assertThat(ids).contains(client.id())));
        assertThat(server.connections()).isEqualTo(3);
    }

    @Test
    @DisplayName("W1.3 60 connections at once work, each with its own subscriptions")
    void manyAtOnce() {
        List<ConsoleClient> clients = server.connect(60, "ws?channels=topic:crowd");

        assertThat(server.broadcastTo("topic:crowd", "{\"n\":1}").getInt("delivered"))
                .isEqualTo(60);
        clients.forEach(client -> client.await("probe"));
    }

    @Test
    @DisplayName("W1.4 a disconnected client leaves the list of connections")
    void leavesTheList() {
        ConsoleClient stays = server.connect();
        ConsoleClient leaves = server.connect();
        String id = leaves.id();

        leaves.close();

        Awaitility.await()
                .untilAsserted(() -> assertThat(server.get("api/probe/connections", 200))
                        .doesNotContain(id)
                        .contains(stays.id()));
    }

    @Test
    @DisplayName("W1.5 a connection reports its own health: queue, subscriptions, round-trip time")
    void reportsItsHealth() {
        ConsoleClient client = server.subscriber("topic:health");
        server.broadcastTo("topic:health", "{}");
        client.await("probe");

        Awaitility.await().untilAsserted(() -> {
            client.send("{\"type\":\"status\",\"id\":\"s" + System.nanoTime() + "\"}");
            JsonObject status = client.sync().inbox().all(f -> f.is("status")).stream()
                    .reduce((first, last) -> last)
                    .orElseThrow()
                    .data();
            assertThat(status.getJsonArray("subscriptions").getString(0)).isEqualTo("topic:health");
            assertThat(status.getJsonObject("last_seq").getInt("topic:health")).isPositive();
            assertThat(status.getInt("queued_messages")).isZero();
            assertThat(status).containsKey("round_trip_ms");
            assertThat(status.getJsonNumber("round_trip_ms").doubleValue()).isPositive();
        });
    }

    @Test
    @DisplayName("?channels= takes the place of the defaults; what is not granted is said, with the reason")
    void saysWhatWasRefused() {
        JsonObject hello = server.connect("ws?channels=topic:a,%20,gpu,no%20channel,user:someone")
                .await("connection_established")
                .data();

        assertThat(hello.getJsonArray("subscriptions").toString()).isEqualTo("[\"topic:a\"]");
        assertThat(hello.getJsonArray("refused"))
                .extracting(refused -> refused.asJsonObject().getString("code"))
                .containsExactly("unknown_channel", "bad_channel", "forbidden_channel");
    }
}
