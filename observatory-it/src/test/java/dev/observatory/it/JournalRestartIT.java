package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own that is stopped, started and killed. */
class JournalRestartIT {

    @TempDir
    Path folder;

    private AgentFiles agent;
    private int prompts;

    @Test
    @DisplayName(
            "W4.4 a server that stops tells every client when to come back and closes it with 4000; after the restart"
                    + " clients go on, with the numbers in the same epoch and the past there, and after a kill in a new epoch")
    void restarts() throws Exception {
        agent = new AgentFiles(folder.resolve("watched"));
        try (OwnServer own =
                OwnServer.plain(folder, "observatory.drain.spread=PT8S").start()) {
            own.awaitReady();
            String epoch;
            Frame last;
            try (ConsoleClient client = connect(own)) {
                epoch = epoch(client);
                tell(client);
                last = tell(client);
            }
            List<ConsoleClient> clients = DrainIT.connect(own);
            own.signalStop();
            DrainIT.assertSentAway(clients, 8_000);
            assertThat(own.awaitEnd()).isTrue();

            own.start().awaitReady();
            try (ConsoleClient client = connect(own)) {
                assertThat(epoch(client)).isEqualTo(epoch);
                assertThat(pos(client)).isGreaterThanOrEqualTo(last.pos());
                Frame next = tell(client);
                assertThat(next.seq()).isGreaterThan(last.seq());
                List<JsonObject> past = history(client);
                assertThat(past)
                        .extracting(message -> message.getJsonNumber("seq").longValue())
                        .startsWith(
                                LongStream.rangeClosed(1, next.seq()).boxed().toArray(Long[]::new));
                assertThat(past).contains(last.json(), next.json());
            }
            stop(own);

            own.start().awaitReady();
            try (ConsoleClient client = connect(own)) {
                assertThat(epoch(client)).as("of the third run").isEqualTo(epoch);
                tell(client);
            }
            own.kill();

            own.start().awaitReady();
            try (ConsoleClient client = connect(own)) {
                assertThat(epoch(client)).isNotEqualTo(epoch);
                tell(client);
                assertThat(history(client).get(0).getInt("seq")).isEqualTo(1);
            }
            assertThat(own.faults()).isEmpty();
        }
    }

    private static void stop(OwnServer own) throws InterruptedException {
        own.signalStop();
        assertThat(own.awaitEnd()).isTrue();
    }

    private ConsoleClient connect(OwnServer own) {
        return own.connect("?channels=conversation:" + agent.id());
    }

    private static String epoch(ConsoleClient client) {
        return client.await("connection_established").data().getString("epoch");
    }

    private static long pos(ConsoleClient client) {
        JsonNumber pos = client.await("connection_established").data().getJsonNumber("pos");
        return pos.longValue();
    }

    /** Lets the agent be prompted, and waits until that is told. */
    private Frame tell(ConsoleClient client) {
        prompts++;
        agent.append(agent.prompt("prompt " + prompts));
        return client.await(
                TranscriptFeedIT.conversation(agent).and(frame -> frame.data().getInt("message_count") == prompts));
    }

    private List<JsonObject> history(ConsoleClient client) {
        client.send("{\"type\":\"history\",\"id\":1,\"data\":{\"channel\":\"conversation:" + agent.id()
                + "\",\"after_seq\":0,\"limit\":1000}}");
        JsonObject history = client.await("history").data();
        assertThat(history.getBoolean("complete")).isTrue();
        return history.getJsonArray("messages").getValuesAs(JsonObject.class);
    }
}
