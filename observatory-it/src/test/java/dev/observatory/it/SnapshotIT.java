package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotIT extends ServerTest {

    @Test
    @DisplayName("K10.1 K10.2 the state comes with the connection, and then what changes it")
    void comesWithTheConnection() {
        AgentFiles agent = Server.agent();
        agent.append(agent.prompt("one"));
        ConsoleClient witness = server.subscriber("conversation:" + agent.id());
        awaitCount(witness, agent, 1);
        ConsoleClient client = server.subscriber("conversation:" + agent.id());

        Frame snapshot = client.await("snapshot");
        JsonObject state = item(snapshot);
        agent.append(agent.prompt("two"));
        Frame update = client.await(TranscriptFeedIT.conversation(agent));

        assertThat(state.getInt("message_count")).isEqualTo(1);
        assertThat(update.data().getInt("message_count")).isEqualTo(2);
        assertThat(update.pos()).isGreaterThan(snapshot.json().getInt("pos"));
        assertThat(version(update.data())).isGreaterThan(version(state));
    }

    @Test
    @DisplayName("K10.4 whatever comes around a snapshot, an increment that is in it already is no newer than it")
    void neverGoesBack() throws InterruptedException {
        AgentFiles agent = Server.agent();
        agent.append(agent.prompt("first"));
        ConsoleClient witness = server.subscriber("conversation:" + agent.id());
        awaitCount(witness, agent, 1);
        Thread writer = new Thread(() -> {
            for (int i = 0; i < 100; i++) {
                agent.append(agent.prompt("line " + i));
            }
        });
        writer.start();
        List<ConsoleClient> clients = server.connect(10, "ws?channels=conversation:" + agent.id());
        writer.join();
        awaitCount(witness, agent, 101);

        for (ConsoleClient client : clients) {
            Frame snapshot = client.await("snapshot");
            long version = version(item(snapshot));
            for (Frame update : client.sync().messages()) {
                if (update.pos() > snapshot.json().getInt("pos")) {
                    assertThat(version(update.data())).isGreaterThanOrEqualTo(version);
                } else {
                    assertThat(version(update.data())).isLessThanOrEqualTo(version);
                }
            }
            assertThat(client.messages())
                    .extracting(frame -> version(frame.data()))
                    .isSorted();
            long last = client.messages().isEmpty()
                    ? version
                    : version(
                            client.messages().get(client.messages().size() - 1).data());
            assertThat(Math.max(version, last))
                    .isEqualTo(version(witness.messages()
                            .get(witness.messages().size() - 1)
                            .data()));
        }
    }

    @Test
    @DisplayName("K7.1 K7.4 one user holds several connections, each with subscriptions and an end of its own")
    void isSharedByOneUser() {
        List<ConsoleClient> clients =
                List.of(server.subscriber("topic:one"), server.subscriber("topic:two"), server.subscriber("topic:one"));
        assertThat(clients)
                .extracting(
                        client -> client.await("connection_established").data().getString("user"))
                .containsOnly("local");
        assertThat(clients).extracting(ConsoleClient::id).doesNotHaveDuplicates();

        clients.get(0).close();
        Awaitility.await().pollDelay(Duration.ZERO).until(() -> server.connections() == 2);
        assertThat(server.broadcastTo("topic:one", "{\"n\":1}").getInt("matched"))
                .isEqualTo(1);
        server.broadcastTo("topic:two", "{\"n\":2}");

        assertThat(clients.get(1).await("probe").data().getInt("n")).isEqualTo(2);
        assertThat(clients.get(2).await("probe").data().getInt("n")).isEqualTo(1);
    }

    @FailureCases(3)
    @ParameterizedTest
    @ValueSource(strings = {"user:somebody-else", "gpu", "conversation:"})
    @DisplayName("K10.1 a channel that is refused brings no state, and what is granted beside it does")
    void bringsNoStateOfWhatIsRefused(String channel) {
        AgentFiles agent = Server.agent();
        agent.append(agent.prompt("one"));
        awaitCount(server.subscriber("conversation:" + agent.id()), agent, 1);

        ConsoleClient client = server.subscriber(channel, "conversation:" + agent.id());

        JsonObject established = client.await("connection_established").data();
        assertThat(established.getJsonArray("refused")).hasSize(1);
        List<Frame> snapshots = client.sync().inbox().all(frame -> frame.is("snapshot"));
        assertThat(snapshots).hasSize(1);
        assertThat(item(snapshots.get(0)).getString("id")).isEqualTo(agent.id());
    }

    private static void awaitCount(ConsoleClient client, AgentFiles agent, int count) {
        client.await(frame -> frame.is("snapshot")
                        && !frame.data().getJsonArray("items").isEmpty()
                        && item(frame).getInt("message_count") >= count
                || TranscriptFeedIT.conversation(agent).test(frame)
                        && frame.data().getInt("message_count") >= count);
    }

    private static JsonObject item(Frame snapshot) {
        return snapshot.data().getJsonArray("items").getJsonObject(0);
    }

    private static long version(JsonObject state) {
        return state.getJsonNumber("version").longValue();
    }
}
