package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a client gets that is sent more than it takes. Most of them are slow by a rate that they asked for themselves. */
class SlowClientIT extends ServerTest {

    private static final int HEALTHY = 80;
    private static final int STALLED = 20;
    private static final int PULSES = 200;

    @Test
    @DisplayName("B10.1 with a backlog an alert overtakes what waits, and what waits stays in order")
    void overtakes() {
        ConsoleClient client = server.connect("ws?channels=topic:backlog,alerts&rate=20");
        server.storm("topic:backlog", 1, 100);
        fire("alerts", "\"data\":{\"n\":1}");

        Frame alert = client.await(frame -> frame.isMessage() && frame.channel().equals("alerts"));
        List<Frame> messages = client.inbox().awaitCount(101, Frame::isMessage);

        assertThat(alert.json().getString("priority")).isEqualTo("high");
        assertThat(messages.indexOf(alert)).isLessThan(100);
        assertThat(messages.stream()
                        .filter(frame -> frame != alert)
                        .map(frame -> frame.data().getInt("number")))
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    @DisplayName("W2.5 under load messages wait in order, and all of them come when nothing has to be left out")
    void queues() {
        ConsoleClient client = server.connect("ws?channels=topic:queue&rate=400");
        server.storm("topic:queue", 4, 300);

        List<Frame> messages = client.inbox().awaitCount(1200, Frame::isMessage);

        assertThat(client.inbox().all(frame -> frame.is("gap"))).isEmpty();
        assertThat(messages).extracting(Frame::seq).isSorted().doesNotHaveDuplicates();
        for (int sender = 0; sender < 4; sender++) {
            int from = sender;
            assertThat(messages.stream()
                            .filter(frame -> frame.data().getInt("sender") == from)
                            .map(frame -> frame.data().getInt("number")))
                    .containsExactlyElementsOf(IntStream.range(0, 300).boxed().toList());
        }
    }

    @Test
    @DisplayName(
            "B10.3 a client that may be sent little gets the newest state, no more than its rate, and word of the rest")
    void conflates() {
        ConsoleClient client = server.connect("ws?channels=topic:state&rate=10");
        assertThat(client.await("connection_established")
                        .data()
                        .getJsonObject("limits")
                        .getInt("messages_per_second"))
                .isEqualTo(10);
        long begin = System.nanoTime();
        for (int i = 0; i < 300; i++) {
            fire("topic:state", "\"conflation_key\":\"k\",\"data\":{\"n\":" + i + "}");
        }

        Frame last = client.await(frame -> frame.isMessage() && frame.data().getInt("n") == 299);

        List<Frame> messages = client.messages();
        double seconds = (last.nanos() - begin) / 1e9;
        assertThat(messages).hasSizeLessThanOrEqualTo((int) (20 + 10 * seconds) + 1);
        assertAccountedFor(client, last.seq() - 299, last.seq());
        assertThat(client.inbox().all(frame -> frame.is("gap")))
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(gap.data().getString("reason")).isEqualTo("conflated"));
    }

    @Test
    @DisplayName("B10.3 what does not fit into the queue of a client is announced, and then its state comes again")
    void announcesWhatIsLeftOut() {
        ConsoleClient client = server.connect("ws?channels=topic:flood&rate=10");
        server.storm("topic:flood", 4, 6_000);

        Frame gap = client.await("gap");
        client.inbox().awaitCount(2, frame -> frame.is("snapshot"));

        assertThat(gap.data().getString("reason")).isEqualTo("rate_limit");
        assertThat(gap.data().getInt("count"))
                .isGreaterThan(10_000)
                .isEqualTo(gap.data().getInt("to_seq") - gap.data().getInt("from_seq") + 1);
        Frame next = client.await(
                frame -> frame.isMessage() && frame.seq() > gap.data().getInt("to_seq"));
        assertAccountedFor(client, client.messages().get(0).seq(), next.seq());
    }

    @Test
    @DisplayName("B6.3 W4.2 clients that read nothing cost the others no time, and are closed")
    void stalledClientsDisturbNobody() throws Exception {
        List<ConsoleClient> healthy = server.connect(HEALTHY, "ws?channels=topic:pulse");

        TimingPromise.assertKept(2, () -> slowdownByStalled(healthy));
    }

    /** How much longer messages take, in 99 % of all cases, when other clients have stalled; less than 25 ms counts as 25. */
    private double slowdownByStalled(List<ConsoleClient> healthy) throws IOException {
        double alone = percentile(pulse(healthy));
        for (int i = 0; i < STALLED; i++) {
            server.raw("ws?channels=topic:pulse,topic:heavy");
        }
        String text = "x".repeat(100_000);
        // no more than it takes, for who has stalled for too long is closed
        for (int i = 0; server.census().getInt("queued_bytes") <= STALLED * 100_000; i++) {
            assertThat(i).as("messages to clients that read nothing").isLessThan(500);
            fire("topic:heavy", "\"data\":{\"text\":\"" + text + "\"}");
        }
        double disturbed = percentile(pulse(healthy));
        System.out.println("SlowClientIT: 99th percentile alone " + alone + " ms, beside stalled ones " + disturbed);
        Awaitility.await().alias("those that stalled are closed").until(() -> server.connections() == HEALTHY);
        return disturbed / Math.max(25, alone);
    }

    /** How long messages take that come one after the other, to each client, milliseconds. */
    private List<Double> pulse(List<ConsoleClient> clients) {
        List<Double> latencies = new ArrayList<>();
        int before = clients.get(0).messages().size();
        for (int i = 1; i <= PULSES; i++) {
            int count = before + i;
            long begin = System.nanoTime();
            fire("topic:pulse", "\"data\":{\"n\":" + count + "}");
            for (ConsoleClient client : clients) {
                Frame pulse = client.inbox().awaitCount(count, Frame::isMessage).get(count - 1);
                latencies.add((pulse.nanos() - begin) / 1e6);
            }
        }
        return latencies;
    }

    private static double percentile(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) (sorted.size() * 0.99));
    }

    /** Every number between the two either came or was said not to, none both. */
    private static void assertAccountedFor(ConsoleClient client, long first, long last) {
        List<Long> numbers = new ArrayList<>();
        client.messages().stream().map(Frame::seq).filter(seq -> seq <= last).forEach(numbers::add);
        for (Frame gap : client.inbox().all(frame -> frame.is("gap"))) {
            JsonObject data = gap.data();
            for (long seq = data.getInt("from_seq"); seq <= data.getInt("to_seq"); seq++) {
                numbers.add(seq);
            }
        }
        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(first, last).boxed().toList());
    }

    private void fire(String channel, String rest) {
        server.post("api/probe/fire", "{\"type\":\"probe\",\"channel\":\"" + channel + "\"," + rest + "}", 204);
    }
}
