package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import dev.observatory.it.client.RawWebSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How clients are sent away, by a server of the test's own; how by one that stops is in {@link JournalRestartIT}. */
class DrainIT {

    private static final int CLIENTS = 8;

    @TempDir
    Path folder;

    @Test
    @DisplayName("clients that are sent away get what waits for them; meanwhile nobody is let in, and the server is not"
            + " ready")
    void drain() throws Exception {
        try (OwnServer own = OwnServer.probed(folder, "observatory.drain.time=PT4S", "observatory.drain.spread=PT30S")
                .start()) {
            Server server = own.awaitReady();
            List<ConsoleClient> clients = connect(own);
            for (int i = 0; i < 50; i++) {
                server.broadcastTo("topic:a", "{\"n\":" + i + "}");
            }

            server.post("api/probe/drain", "", 204);

            assertThat(server.fetch("api/health/ready").statusCode()).isEqualTo(503);
            assertThat(server.fetch("api/health/live").statusCode()).isEqualTo(200);
            try (RawWebSocket late = new RawWebSocket(URI.create("ws://localhost:" + own.port() + "/ws"))) {
                assertThat(late.status()).isEqualTo(503);
                assertThat(Integer.parseInt(late.header("retry-after"))).isBetween(1, 30);
                assertThat(late.body()).contains("about to stop");
            }
            assertSentAway(clients, 30_000);
            assertThat(clients)
                    .allSatisfy(client -> assertThat(client.messages()).hasSize(50));
            server.awaitReleased();
        }
    }

    /** Some clients, of a channel that is theirs. */
    static List<ConsoleClient> connect(OwnServer server) {
        List<ConsoleClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(server.connect("?channels=topic:a"));
        }
        return clients;
    }

    /** Each at its own time, and closed with the same. */
    static void assertSentAway(List<ConsoleClient> clients, int spreadMs) {
        Set<Integer> times = new HashSet<>();
        for (ConsoleClient client : clients) {
            Frame draining = client.await("draining");
            int time = draining.data().getInt("retry_after_ms");
            assertThat(time).isBetween(0, spreadMs);
            assertThat(client.inbox().awaitEnd()).isEqualTo("4000 shutdown retry_after_ms=" + time);
            times.add(time * clients.size() / (spreadMs + 1));
        }
        assertThat(times).as("parts of the spread").hasSize(clients.size());
    }
}
