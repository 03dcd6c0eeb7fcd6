package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.RawWebSocket;
import dev.observatory.it.client.RawWebSocket.RawFrame;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server of the tests is configured to ping every 0.3 s and to wait 8 s for an answer, the guarded one 2 s. */
class HeartbeatIT extends ServerTest {

    @RegisterExtension
    final GuardedServer guarded = new GuardedServer();

    @Test
    @DisplayName("K8.1 K8.4 the server pings at the configured interval, which it announces")
    void pings() throws IOException {
        long from = System.nanoTime();
        RawWebSocket raw = server.raw("ws?channels=topic:none").answeringPings();
        String hello = raw.readText("connection_established").text();
        assertThat(hello).contains("\"interval_ms\":300").contains("\"timeout_ms\":8000");

        for (int i = 0; i < 3; i++) {
            raw.read(RawWebSocket.PING);
        }
        double seconds = (System.nanoTime() - from) / 1e9;

        // the first ping comes anywhere in the first interval, and what is late is so on a busy machine
        assertThat(seconds).isBetween(0.6, 15.0);
    }

    @Test
    @DisplayName("K8.2 the client's pong is seen: the connection knows its round-trip time and stays")
    void seesPongs() {
        ConsoleClient client = server.subscriber("topic:none");

        Awaitility.await().untilAsserted(() -> {
            client.send("{\"type\":\"status\"}").sync();
            JsonObject status = client.inbox().all(f -> f.is("status")).stream()
                    .reduce((first, last) -> last)
                    .orElseThrow()
                    .data();
            assertThat(status).containsKey("round_trip_ms");
        });
    }

    @FailureCases(3)
    @Test
    @DisplayName(
            "K8.3 who never answers, stops answering or stops within a message is closed with 4003, nobody else is")
    void closesWithoutPong() throws IOException {
        ConsoleClient healthy = guarded.connect(GuardedServer.TOKENS.token("ann", "read"), "?channels=topic:none");
        RawWebSocket never = guarded.silent("?channels=topic:none");
        RawWebSocket notAgain = guarded.silent("?channels=topic:none");
        RawWebSocket withinMessage = guarded.silent("?channels=topic:none");
        RawWebSocket talking = guarded.silent("?channels=topic:none");
        withinMessage.frame(RawWebSocket.TEXT, false, "{\"type\":".getBytes(StandardCharsets.UTF_8));
        notAgain.read(RawWebSocket.PING);
        notAgain.frame(RawWebSocket.PONG, true, new byte[0]);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<String> life = CompletableFuture.supplyAsync(() -> talkUntil(done, talking));

        for (RawWebSocket silent : List.of(never, notAgain, withinMessage)) {
            RawFrame close = silent.read(RawWebSocket.CLOSE);
            assertThat(close.closeCode()).isEqualTo(4003);
            assertThat(close.text()).contains("no_pong");
        }

        done.set(true);
        assertThat(life.join()).contains("last words");
        healthy.sync();
    }

    /** Answers every ping, but by a command instead of a pong: any frame is a sign of life. */
    private static String talkUntil(AtomicBoolean done, RawWebSocket talking) {
        try {
            while (!done.get()) {
                talking.read(RawWebSocket.PING);
                talking.text("{\"type\":\"ping\"}");
            }
            talking.text("{\"type\":\"ping\",\"data\":\"last words\"}");
            return talking.readText("last words").text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("K8.2 a ping of the client is answered with its own data")
    void answersPings() throws IOException {
        RawWebSocket raw = server.raw("ws?channels=topic:none");
        raw.frame(RawWebSocket.PING, true, "abc".getBytes(StandardCharsets.UTF_8));

        assertThat(raw.read(RawWebSocket.PONG).text()).isEqualTo("abc");
    }
}
