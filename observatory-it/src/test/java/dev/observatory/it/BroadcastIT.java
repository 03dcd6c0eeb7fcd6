package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BroadcastIT extends ServerTest {

    @Test
    @DisplayName("B1.1 B1.2 one broadcast operation reaches every connected client, whatever it is subscribed to")
    void reachesEveryone() {
        List<ConsoleClient> clients = List.of(
                server.connect(),
                server.connect("ws", "observatory.v1"),
                server.subscriber("topic:news"),
                server.subscriber("conversation:123"));

        JsonObject result = server.broadcast("{\"type\":\"notice\",\"data\":{\"text\":\"hello\"}}");

        assertThat(result.getInt("matched")).isEqualTo(4);
        assertThat(result.getInt("delivered")).isEqualTo(4);
        assertThat(result.getJsonArray("failed")).isEmpty();
        for (ConsoleClient client : clients) {
            assertThat(client.await("notice").data().getString("text")).isEqualTo("hello");
        }
    }

    @Test
    @DisplayName("B1.3 broadcasting while nobody is connected succeeds quietly")
    void succeedsWithoutClients() {
        assertThat(server.broadcast("{\"type\":\"notice\",\"data\":{}}").getInt("matched"))
                .isZero();
        assertThat(server.broadcastTo("topic:nobody", "{}").getInt("delivered")).isZero();
    }

    @Test
    @DisplayName("B1.4 W2.2 every message has type, data and timestamp, and its numbers")
    void hasTheSameShape() {
        ConsoleClient client = server.subscriber("topic:a", "conversation:1", "alerts", "file_events");
        server.broadcastTo("topic:a", "{\"n\":1}");
        server.broadcastTo("conversation:1", "[1,2]");
        server.broadcastTo("alerts", "\"text\"");
        server.broadcastTo("file_events", "{}");
        server.broadcast("{\"type\":\"notice\",\"data\":{}}");

        List<Frame> messages = client.inbox().awaitCount(5, Frame::isMessage);

        for (Frame message : messages) {
            assertThat(message.type()).isNotEmpty();
            assertThat(message.json()).containsKey("data");
            assertThat(message.json().getString("timestamp"))
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            assertThat(Instant.parse(message.json().getString("timestamp")))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
            assertThat(message.seq()).isPositive();
            assertThat(message.pos()).isPositive();
        }
        assertThat(messages)
                .extracting(m -> m.json().getString("priority", "normal"))
                .containsExactly("normal", "normal", "high", "low", "normal");
    }

    @Test
    @DisplayName("B2.1 W2.3 a broadcast to a group reaches that group and nobody else")
    void reachesTheGroupOnly() {
        ConsoleClient inside = server.subscriber("topic:group");
        ConsoleClient outside = server.subscriber("topic:other");

        JsonObject result = server.broadcastTo("topic:group", "{\"n\":1}");

        assertThat(result.getInt("matched")).isEqualTo(1);
        inside.await("probe");
        assertThat(outside.sync().messages()).isEmpty();
    }

    @Test
    @DisplayName("B2.2 conversation:123 gets what is for it or for all_conversations, and nothing else")
    void getsItsConversationAndWhatIsForAll() {
        ConsoleClient client = server.subscriber("conversation:123");
        server.broadcastTo("conversation:124", "{\"n\":1}");
        server.broadcastTo("conversation:123", "{\"n\":2}");
        server.broadcastTo("all_conversations", "{\"n\":3}");
        server.broadcastTo("project_updates", "{\"n\":4}");
        server.broadcastTo("topic:123", "{\"n\":5}");

        client.inbox().awaitCount(2, Frame::isMessage);

        assertThat(client.sync().messages())
                .extracting(f -> f.data().getInt("n"))
                .containsExactly(2, 3);
    }

    @Test
    @DisplayName("B2.3 several subscriptions get the messages of all of them, each message once")
    void getsEachMessageOnce() {
        ConsoleClient client =
                server.subscriber("conversation:7", "all_conversations", "project:p:conversations", "topic:a");
        server.broadcast("{\"type\":\"probe\",\"channel\":\"conversation:7\","
                + "\"views\":[\"all_conversations\",\"project:p:conversations\"],\"data\":{\"n\":1}}");
        server.broadcastTo("topic:a", "{\"n\":2}");

        client.inbox().awaitCount(2, Frame::isMessage);

        assertThat(client.sync().messages())
                .extracting(f -> f.data().getInt("n"))
                .containsExactly(1, 2);
    }

    @Test
    @DisplayName("B8.3 the endpoint relays a broadcast to its clients, and what was unsubscribed stays away")
    void relaysUntilUnsubscribed() {
        ConsoleClient client = server.subscriber("topic:a", "topic:b");
        server.broadcastTo("topic:a", "{\"n\":1}");
        client.await("probe");
        client.send("{\"type\":\"unsubscribe\",\"id\":1,\"data\":{\"channels\":[\"topic:a\"]}}");
        client.await("unsubscribed");
        server.broadcastTo("topic:a", "{\"n\":2}");
        server.broadcastTo("topic:b", "{\"n\":3}");

        client.inbox().awaitCount(2, Frame::isMessage);

        assertThat(client.sync().messages())
                .extracting(f -> f.data().getInt("n"))
                .containsExactly(1, 3);
    }

    @Test
    @DisplayName("a message larger than any buffer arrives whole")
    void deliversLargeMessages() {
        ConsoleClient client = server.subscriber("topic:large");
        String text = "x".repeat(300_000);

        server.broadcastTo("topic:large", "{\"text\":\"" + text + "\"}");

        assertThat(client.await("probe").data().getString("text")).isEqualTo(text);
    }
}
