package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.Audience;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a delivery costs, how many there are in a second at most, and what a connection costs that is idle; beside the
 * broadcast of a tutorial on the same server, and a bare loop of Node.js' {@code ws}, in the same run: {@code ./mvnw
 * -Pbenchmark -Dit.test=DeliveryBenchmark verify}, with {@code wildfly} beside {@code benchmark} on WildFly. With
 * {@code -Dobservatory.benchmark.ws=FOLDER}, where {@code npm install ws} was done, and {@code node} on the path, the
 * third takes part.
 */
class DeliveryBenchmark extends ServerTest {

    private static final String CHANNEL = "topic:bench";
    private static final int SIZE = 1024;
    private static final int CLIENTS = 1000;

    private static final int PACED = 200;
    private static final Duration PACE = Duration.ofMillis(100);

    /** As many broadcasts are under way at once. */
    private static final int WINDOW = 100;

    private static final Duration SATURATED = Duration.ofSeconds(10);

    private static final int IDLE = 3000;

    /** What a message has beside its text, about. */
    private static final int ENVELOPE = 190;

    private Process node;

    /** Something that broadcasts. */
    private interface Broadcaster {

        /** What each client is sent before the first broadcast, frames. */
        int preamble();

        URI socket();

        void broadcast(int count);

        long cpuNanos();

        default String[] headers() {
            return new String[0];
        }
    }

    private class Observatory implements Broadcaster {

        @Override
        public int preamble() {
            return 2;
        }

        @Override
        public URI socket() {
            return server.socket("ws?channels=" + CHANNEL);
        }

        @Override
        public void broadcast(int count) {
            server.post(
                    "api/probe/storm?threads=1&channel=" + CHANNEL + "&count=" + count + "&characters="
                            + (SIZE - ENVELOPE),
                    "",
                    204);
        }

        @Override
        public long cpuNanos() {
            return server.processUse().getJsonNumber("cpu_nanos").longValue();
        }
    }

    private final class Batching extends Observatory {

        @Override
        public String[] headers() {
            return new String[] {"Sec-WebSocket-Protocol: observatory.v1"};
        }
    }

    private final class Plain extends Observatory {

        @Override
        public int preamble() {
            return 0;
        }

        @Override
        public URI socket() {
            return server.socket("plain");
        }

        @Override
        public void broadcast(int count) {
            server.post("api/probe/plain?count=" + count + "&characters=" + SIZE, "", 204);
        }
    }

    private record Node(Process process, int port) implements Broadcaster {

        /** An offer of HTTP/2 would be taken for one of WebSocket. */
        private static final HttpClient HTTP =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        @Override
        public int preamble() {
            return 0;
        }

        @Override
        public URI socket() {
            return URI.create("ws://127.0.0.1:" + port + "/");
        }

        @Override
        public void broadcast(int count) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + "/?count=" + count + "&characters=" + SIZE))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            try {
                HTTP.send(request, HttpResponse.BodyHandlers.discarding());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public long cpuNanos() {
            return process.info().totalCpuDuration().orElseThrow().toNanos();
        }
    }

    @BeforeEach
    void startNode() throws IOException {
        String ws = System.getProperty("observatory.benchmark.ws", "");
        if (ws.isEmpty()) {
            System.out.println("NODE.JS IS NOT MEASURED: -Dobservatory.benchmark.ws is not given");
            return;
        }
        File script = Path.of(System.getProperty("observatory.it.dir"), "test-classes/benchmark/ws-loop.cjs")
                .toFile();
        node = new ProcessBuilder("node", script.getPath(), ws)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @AfterEach
    void stopNode() {
        if (node != null) {
            node.destroyForcibly();
        }
    }

    @Test
    @DisplayName("deliveries to 1,000 clients: what one costs, how long it takes, and how many there are in a second")
    void delivers() throws Exception {
        measure("tutorial's loop", new Plain());
        measure("Observatory", new Observatory());
        measure("Observatory, observatory.v1", new Batching());
        if (node != null) {
            BufferedReader out = node.inputReader();
            measure("Node.js ws", new Node(node, Integer.parseInt(out.readLine())));
        }
    }

    private void measure(String name, Broadcaster target) throws Exception {
        try (Audience audience = new Audience(target.socket(), CLIENTS, target.preamble(), target.headers())) {
            audience.awaitReady();
            // until the code is compiled
            int sent = saturate(target, audience, 0);
            paced(name, target, audience, sent);
            saturated(name, target, audience, sent + PACED);
        }
    }

    private static void paced(String name, Broadcaster target, Audience audience, int before)
            throws InterruptedException {
        long[] at = new long[before + PACED];
        long[] latencies = new long[PACED * CLIENTS];
        AtomicInteger recorded = new AtomicInteger();
        audience.record(at, nanos -> latencies[recorded.getAndIncrement()] = nanos);
        long bytes = audience.bytes();
        long cpu = target.cpuNanos();
        for (int i = 0; i < PACED; i++) {
            LockSupport.parkNanos(PACE.toNanos());
            at[before + i] = System.nanoTime();
            target.broadcast(1);
        }
        audience.await(before + PACED);
        cpu = target.cpuNanos() - cpu;
        Arrays.sort(latencies);
        System.out.printf(
                "paced, %s, %s: %d clients, %d bytes, %.1f µs of CPU for each delivery;"
                        + " from broadcast to receipt p50 %.1f  p99 %.1f ms%n",
                System.getProperty("arquillian.launch"),
                name,
                CLIENTS,
                (audience.bytes() - bytes) / latencies.length,
                cpu / 1e3 / latencies.length,
                latencies[latencies.length / 2] / 1e6,
                latencies[latencies.length * 99 / 100] / 1e6);
    }

    private static void saturated(String name, Broadcaster target, Audience audience, int before)
            throws InterruptedException {
        long cpu = target.cpuNanos();
        long begin = System.nanoTime();
        long deliveries = (long) (saturate(target, audience, before) - before) * CLIENTS;
        long nanos = System.nanoTime() - begin;
        cpu = target.cpuNanos() - cpu;
        System.out.printf(
                "saturated, %s, %s: %d clients, %,.0f deliveries/s, %.1f µs of CPU for each%n",
                System.getProperty("arquillian.launch"),
                name,
                CLIENTS,
                deliveries / (nanos / 1e9),
                cpu / 1e3 / deliveries);
    }

    /** Broadcasts for a while as fast as all of it arrives, and says how many there have been since the begin. */
    private static int saturate(Broadcaster target, Audience audience, int before) throws InterruptedException {
        int sent = before;
        long until = System.nanoTime() + SATURATED.toNanos();
        do {
            target.broadcast(WINDOW);
            sent += WINDOW;
            audience.await(sent);
        } while (System.nanoTime() < until);
        return sent;
    }

    @Test
    @DisplayName("connections that are idle: what each adds to the living heap")
    void idles() throws Exception {
        for (int i = 0; i < 2; i++) {
            for (Broadcaster target : List.of(new Plain(), new Observatory())) {
                long before = living();
                try (Audience audience = new Audience(target.socket(), IDLE, target.preamble(), target.headers())) {
                    audience.awaitReady();
                    System.out.printf(
                            "idle, %s, %s: %d connections, %.1f kB of living heap each%n",
                            System.getProperty("arquillian.launch"),
                            target.getClass().getSimpleName(),
                            IDLE,
                            (living() - before) / 1e3 / IDLE);
                }
                server.awaitReleased();
            }
        }
    }

    private long living() {
        server.processUse();
        return server.processUse().getJsonNumber("heap_bytes").longValue();
    }

    @Test
    @DisplayName("10,000 connections at once, each of which gets what is broadcast")
    void holdsTenThousand() throws Exception {
        Observatory target = new Observatory();
        long before = living();
        long begin = System.nanoTime();
        try (Audience audience = new Audience(target.socket(), 10_000, target.preamble())) {
            audience.awaitReady();
            long connected = System.nanoTime();
            assertThat(server.connections()).isEqualTo(10_000);
            long heap = living() - before;
            for (int i = 1; i <= 10; i++) {
                target.broadcast(1);
                audience.await(i);
            }
            long first = System.nanoTime();
            target.broadcast(10);
            audience.await(20);
            System.out.printf(
                    "10,000 connections, %s: connected in %.1f s, %.0f MB of living heap more,"
                            + " 10 broadcasts to all in %.0f ms%n",
                    System.getProperty("arquillian.launch"),
                    (connected - begin) / 1e9,
                    heap / 1e6,
                    (System.nanoTime() - first) / 1e6);
        }
    }
}
