package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.Browser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Ten minutes of 20 messages a second, by their number and not by the time. */
class LongLivedIT {

    private static final int ROUND = 2_000;
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 6;
    private static final int CLIENTS = 20;

    /** Of what the server held before, how much it may hold afterwards. */
    private static final double GROWTH = 1.05;

    /**
     * How much more the page may hold for each message: less than anything takes that would be kept of one. What the
     * driver leaves in a page at each look into it is below that.
     */
    private static final double BYTES_EACH = 50;

    @RegisterExtension
    static final Browser browser = new Browser();

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "W4.5 connections that are long-lived and see much traffic leave nothing behind, in the server or the page")
    void leaksNothing() throws Exception {
        // a journal that is full when it is measured first
        try (OwnServer own = OwnServer.probed(
                        folder, "observatory.journal.max-bytes=200000", "observatory.journal.max-numbers=1000")
                .start()) {
            Server server = own.awaitReady();
            URI page = URI.create("http://localhost:" + own.port() + "/api/health/live");
            browser.open(page);
            browser.connect("/ws", Map.of("channels", List.of("topic:long")));
            browser.run("window.count = 0; client.addEventListener('message', () => {"
                    + " window.count++; seen.message.length = 0; })");
            browser.awaitSeen("snapshot", 1);
            List<Counter> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Counter.connect(server.socket("ws?channels=topic:long")));
            }
            awaitReceived(clients, 0);
            for (int round = 1; round <= WARM_UP; round++) {
                traffic(server, clients, round);
            }
            double serverBefore =
                    server.processUse().getJsonNumber("heap_bytes").doubleValue();
            double pageBefore = browser.heapBytes();

            for (int round = WARM_UP + 1; round <= WARM_UP + ROUNDS; round++) {
                traffic(server, clients, round);
            }

            awaitAtMost(
                    GROWTH * serverBefore,
                    "the server's heap",
                    () -> server.processUse().getJsonNumber("heap_bytes").doubleValue());
            awaitAtMost(pageBefore + BYTES_EACH * ROUNDS * ROUND, "the page's heap", browser::heapBytes);
            assertThat(server.census().getJsonArray("connections")).hasSize(CLIENTS + 1);
            assertThat(server.census().getInt("queued_messages")).isZero();
            assertThat(browser.seen("begin")).hasSize(1);
            assertThat(browser.seen("gap")).isEmpty();
            browser.open(page);
            clients.forEach(Counter::close);
            server.awaitReleased();
        }
    }

    private static void traffic(Server server, List<Counter> clients, int round) {
        server.post("api/probe/storm?channel=topic:long&threads=2&count=" + ROUND / 2, "", 204);
        awaitReceived(clients, round * ROUND);
    }

    private static void awaitReceived(List<Counter> clients, int messages) {
        for (Counter client : clients) {
            // besides, each was greeted and sent a snapshot
            Awaitility.await().until(() -> client.frames.get() == 2 + messages);
        }
        browser.awaitTrue("window.count === " + messages);
    }

    /** Waits for it, because what a collection leaves varies. */
    private static void awaitAtMost(double bytes, String what, DoubleSupplier measured) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(measured.getAsDouble()).as(what).isLessThanOrEqualTo(bytes));
    }

    /** A client that keeps nothing of what it is sent. */
    private static final class Counter implements WebSocket.Listener {

        private final AtomicInteger frames = new AtomicInteger();
        private WebSocket socket;

        static Counter connect(URI address) {
            Counter counter = new Counter();
            counter.socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(address, counter)
                    .join();
            return counter;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            if (last) {
                frames.incrementAndGet();
            }
            from.request(1);
            return null;
        }

        void close() {
            socket.abort();
        }
    }
}
