package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.RawWebSocket;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many connections there may be, on servers that take few. */
class ConnectionLimitsIT {

    private static final int AT_ONCE = 20;

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private OwnServer own;
    private Server server;

    @AfterEach
    void leave() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        Awaitility.await().until(() -> connections() == 0);
        own.close();
    }

    @FailureCases(3)
    @Test
    @DisplayName("K7.3 a user's connections are limited: one too many is refused with 429 and a time to come back, also"
            + " when all come at once, and a connection that has ended makes room")
    void reject() throws Exception {
        start("observatory.connections.max-per-user=3");
        for (int i = 0; i < 5; i++) {
            assertThat(handshake("/ws/nothing").status()).isEqualTo(404);
            assertThat(handshake("/ws", "Origin: https://evil.example").status())
                    .isEqualTo(403);
        }

        List<RawWebSocket> answers = handshakesAtOnce();

        List<RawWebSocket> accepted =
                answers.stream().filter(raw -> raw.status() == 101).toList();
        assertThat(accepted).hasSize(3);
        for (RawWebSocket refused : answers) {
            if (refused.status() != 101) {
                assertRefusal(refused, 429);
            }
        }
        for (RawWebSocket connection : accepted) {
            connection.readText("connection_established");
        }
        assertThat(connections()).isEqualTo(3);
        accepted.get(0).reset();
        Awaitility.await().until(() -> handshake("/ws").status() == 101);
        assertRefusal(handshake("/ws"), 429);
    }

    @Test
    @DisplayName(
            "K7.3 a user's connections are limited: where newer ones push older ones out, the oldest is closed with"
                    + " 4502 and the others go on")
    void evict() throws Exception {
        start("observatory.connections.max-per-user=2", "observatory.connections.policy=evict-oldest");
        ConsoleClient oldest = connect();
        ConsoleClient second = connect();
        ConsoleClient third = connect();

        assertThat(oldest.inbox().awaitEnd()).isEqualTo("4502 connection_limit");
        second.sync();
        third.sync();
        ConsoleClient fourth = connect();
        assertThat(second.inbox().awaitEnd()).isEqualTo("4502 connection_limit");
        third.sync();
        fourth.sync();
        Awaitility.await().until(() -> connections() == 2);
        assertThat(server.get("api/metrics", 200))
                .contains("observatory_connections_closed_total{reason=\"connection_limit\"} 2.0");
    }

    @FailureCases(2)
    @Test
    @DisplayName("the server's connections are limited: one too many is refused with 503, and handshakes that come too"
            + " fast with 429")
    void node() throws Exception {
        start("observatory.connections.max=2", "observatory.connections.handshakes-per-second=5");
        connect();
        ConsoleClient second = connect();

        assertRefusal(handshake("/ws"), 503);
        RawWebSocket last = handshake("/ws");
        for (int i = 0; i < 1_000 && last.status() == 503; i++) {
            last = handshake("/ws");
        }
        assertRefusal(last, 429);
        second.sync();
        second.close();
        // who comes back as told is let in
        Awaitility.await().until(() -> connections() == 1);
        Awaitility.await().until(() -> handshake("/ws").status() == 101);
        assertThat(server.get("api/metrics", 200))
                .contains("observatory_handshakes_refused_total{reason=\"node_limit\"} ")
                .contains("observatory_handshakes_refused_total{reason=\"handshake_rate\"} ");
    }

    private void start(String... settings) throws IOException {
        try (SuiteClock.Start start = SuiteClock.start()) {
            own = OwnServer.plain(folder, settings).start();
            server = own.awaitReady();
            // the first connection waits for classes to be loaded, which is still part of the start
            own.connect("?channels=topic:a").close();
            Awaitility.await().until(() -> connections() == 0);
        }
    }

    private ConsoleClient connect() {
        ConsoleClient client = own.connect("?channels=topic:a");
        opened.add(client);
        return client;
    }

    private RawWebSocket handshake(String path, String... headers) {
        try {
            RawWebSocket raw = new RawWebSocket(URI.create("ws://localhost:" + own.port() + path), headers);
            synchronized (opened) {
                opened.add(raw);
            }
            return raw;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<RawWebSocket> handshakesAtOnce() {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<CompletableFuture<RawWebSocket>> all = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> handshake("/ws"), pool))
                    .limit(AT_ONCE)
                    .toList();
            return all.stream().map(CompletableFuture::join).toList();
        } finally {
            pool.shutdown();
        }
    }

    private static void assertRefusal(RawWebSocket refused, int status) throws IOException {
        assertThat(refused.status()).isEqualTo(status);
        assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 10);
        assertThat(refused.header("content-type")).startsWith("application/problem+json");
        JsonObject problem = Server.json(refused.body());
        assertThat(problem.getInt("status")).isEqualTo(status);
        assertThat(problem.getString("detail")).isNotBlank();
    }

    private int connections() {
        return Server.json(server.get("api/status", 200))
                .getJsonObject("hub")
                .getJsonArray("connections")
                .size();
    }
}
