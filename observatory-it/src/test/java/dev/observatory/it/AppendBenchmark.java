package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.RawWebSocket;
import dev.observatory.it.client.RawWebSocket.RawFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From the append to a file to the receipt by each of many clients, server and clients on the same machine. Prints the
 * percentiles over all receipts: {@code ./mvnw -Pbenchmark verify}, on WildFly {@code ./mvnw -Pbenchmark,wildfly verify}.
 */
class AppendBenchmark extends ServerTest {

    private static final int WARM_UP = 300;
    private static final int SAMPLES = 500;

    /** Appends come at this pace, several times as fast as a busy agent's. */
    private static final Duration PACE = Duration.ofMillis(20);

    private static final Pattern COUNT = Pattern.compile("\"message_count\":(\\d+)");
    private static final Pattern RECORD = Pattern.compile("\"position\":");

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 100})
    @DisplayName("append to receipt, by clients")
    void appendToReceipt(int count) throws IOException {
        AgentFiles agent = Server.agent();
        List<CompletableFuture<long[]>> receipts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawWebSocket client =
                    server.raw("ws?channels=conversation:" + agent.id()).answeringPings();
            client.readText("snapshot");
            receipts.add(receive(client));
        }

        long[] appended = new long[WARM_UP + SAMPLES];
        for (int i = 0; i < appended.length; i++) {
            LockSupport.parkNanos(PACE.toNanos());
            String line = agent.prompt("line " + i);
            appended[i] = System.nanoTime();
            agent.append(line);
        }

        List<Double> millis = new ArrayList<>();
        for (CompletableFuture<long[]> receipt : receipts) {
            long[] received = receipt.join();
            for (int i = WARM_UP; i < appended.length; i++) {
                millis.add((received[i] - appended[i]) / 1e6);
            }
        }
        report(count, millis);
        assertThat(millis).hasSize(count * SAMPLES);
    }

    /** Reads until every line has come and says when each did. As bare as can be: the server is to be measured. */
    private static CompletableFuture<long[]> receive(RawWebSocket client) {
        CompletableFuture<long[]> receipt = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                receipt.complete(receiveAll(client));
            } catch (IOException | RuntimeException e) {
                receipt.completeExceptionally(e);
            }
        });
        reader.setDaemon(true);
        reader.start();
        return receipt;
    }

    private static long[] receiveAll(RawWebSocket client) throws IOException {
        long[] received = new long[WARM_UP + SAMPLES];
        int lines = 0;
        while (lines < received.length) {
            RawFrame frame = client.read();
            long now = System.nanoTime();
            if (frame.opcode() == RawWebSocket.TEXT) {
                Matcher count = COUNT.matcher(frame.text());
                count.find();
                int last = Integer.parseInt(count.group(1));
                // an update may carry several lines: each is timed from its own append
                assertThat(RECORD.matcher(frame.text()).results().count()).isEqualTo(last - lines);
                Arrays.fill(received, lines, last, now);
                lines = last;
            }
        }
        return received;
    }

    private static void report(int clients, List<Double> millis) {
        double[] sorted =
                millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(
                "append to receipt, %s, %d clients, %d appends every %d ms: p50 %.2f  p95 %.2f  p99 %.2f  max %.2f ms%n",
                System.getProperty("arquillian.launch"),
                clients,
                SAMPLES,
                PACE.toMillis(),
                percentile(sorted, 50),
                percentile(sorted, 95),
                percentile(sorted, 99),
                Arrays.stream(sorted).max().orElse(Double.NaN));
    }

    private static double percentile(double[] sorted, int percent) {
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }
}
