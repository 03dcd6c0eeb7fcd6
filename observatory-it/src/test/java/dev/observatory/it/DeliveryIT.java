package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import dev.observatory.it.client.ResumingClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What takes longer than the tests of single commands: many clients, many messages, large ones. */
class DeliveryIT extends ServerTest {

    @Test
    @DisplayName(
            "F2 W4.1 over disconnects at random moments, while 4 publish, every client ends with all of its channels")
    void losesNothingOverDisconnects() throws InterruptedException {
        long until = System.nanoTime()
                + Duration.parse(System.getProperty("observatory.random.time")).toNanos();
        do {
            loseNothingOverDisconnects(System.nanoTime());
        } while (System.nanoTime() < until);
    }

    private void loseNothingOverDisconnects(long seed) throws InterruptedException {
        Random random = new Random(seed);
        List<ResumingClient> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(new ResumingClient(server.socket("ws"), "topic:r0", "topic:r1", "topic:r2", "topic:r3"));
        }
        List<Thread> publishers = new ArrayList<>();
        for (int p = 0; p < 4; p++) {
            String channel = "topic:r" + p;
            publishers.add(new Thread(() -> {
                for (int i = 0; i < 300; i++) {
                    fire(channel, "\"data\":{\"n\":" + i + "}");
                }
            }));
        }
        publishers.forEach(Thread::start);
        while (publishers.stream().anyMatch(Thread::isAlive)) {
            ResumingClient client = clients.get(random.nextInt(clients.size()));
            client.disconnect();
            client.connect();
        }
        for (Thread publisher : publishers) {
            publisher.join();
        }

        for (ResumingClient client : clients) {
            for (int p = 0; p < 4; p++) {
                String channel = "topic:r" + p;
                client.awaitLast(channel, 300);
                assertThat(client.messages(channel))
                        .as("%s, seed %d", channel, seed)
                        .extracting(Frame::seq)
                        .doesNotHaveDuplicates();
                assertThat(client.messages(channel))
                        .as("%s, seed %d", channel, seed)
                        .extracting(frame -> frame.data().getInt("n"))
                        .containsExactlyElementsOf(
                                IntStream.range(0, 300).boxed().toList());
            }
            client.close();
        }
    }

    @Test
    @DisplayName("a client that announces a resume and does not ask for it gets the state after a while")
    void saysNothing() {
        ConsoleClient client = server.connectOnly("ws?channels=topic:silent&resume=1");

        Frame snapshot = client.await("snapshot");

        assertThat(client.inbox().all()).hasSize(2);
        assertThat(snapshot.data().getString("channel")).isEqualTo("topic:silent");
    }

    @Test
    @DisplayName("B10.4 a large message is compressed for those who asked for it, once for all of them")
    void compressesOnce() {
        List<ConsoleClient> deflating = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            deflating.add(server.connect("ws?channels=topic:large", "observatory.v1.deflate"));
        }
        ConsoleClient plain = server.subscriber("topic:large");
        double before = server.compressedMessages();
        for (int i = 0; i < 5; i++) {
            server.broadcastTo("topic:large", "{\"text\":\"" + "\u00e9\ud83d\ude00 text ".repeat(5_000) + "\"}");
        }

        List<Frame> expected = plain.inbox().awaitCount(5, Frame::isMessage);
        for (ConsoleClient client : deflating) {
            assertThat(client.subprotocol()).isEqualTo("observatory.v1.deflate");
            assertThat(client.inbox().awaitCount(5, Frame::isMessage))
                    .extracting(Frame::json)
                    .containsExactlyElementsOf(
                            expected.stream().map(Frame::json).toList());
            assertThat(client.compressed()).isEqualTo(5);
        }
        assertThat(server.compressedMessages() - before).isEqualTo(5);
    }

    private void fire(String channel, String rest) {
        server.post("api/probe/fire", "{\"type\":\"probe\",\"channel\":\"" + channel + "\"," + rest + "}", 204);
    }
}
