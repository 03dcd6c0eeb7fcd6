package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Follower;
import dev.observatory.it.client.Frame;
import dev.observatory.it.client.RawWebSocket;
import dev.observatory.it.client.RawWebSocket.RawFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DisconnectIT extends ServerTest {

    @Test
    @DisplayName("K4.1 W4.1 a clean disconnect removes the connection and is answered with a close frame")
    void cleanDisconnect() throws IOException {
        RawWebSocket raw = server.raw("ws");
        raw.readText("connection_established");

        raw.frame(
                RawWebSocket.CLOSE,
                true,
                ByteBuffer.allocate(2).putShort((short) 1000).array());

        RawFrame answer = raw.read(RawWebSocket.CLOSE);
        assertThat(answer.closeCode()).isEqualTo(1000);
        server.awaitReleased();
    }

    @FailureCases
    @Test
    @DisplayName("K4.2 W4.1 a reset connection is removed too")
    void reset() throws IOException {
        RawWebSocket raw = server.raw("ws");
        raw.readText("connection_established");
        assertThat(server.connections()).isEqualTo(1);

        raw.reset();

        server.awaitReleased();
    }

    @FailureCases
    @Test
    @DisplayName("K4.2 a connection that dies half way through a message is removed too")
    void diesWithinAMessage() throws IOException {
        RawWebSocket raw = server.raw("ws");
        raw.readText("connection_established");
        raw.frame(RawWebSocket.TEXT, false, "{\"type\":\"subs".getBytes(StandardCharsets.UTF_8));

        raw.reset();

        server.awaitReleased();
    }

    @Test
    @DisplayName("K4.3 K4.4 subscriptions, queues and counts are back at zero after 40 clients came and went")
    void releasesEverything() throws IOException {
        for (int i = 0; i < 20; i++) {
            ConsoleClient client = server.connect("ws?channels=topic:a,topic:b,conversation:" + i);
            client.send("{\"type\":\"subscribe\",\"data\":{\"channels\":[\"topic:c\",\"topic:a\"]}}");
            client.await("subscribed");
            Follower follower = server.follower("topic:a");
            if (i % 2 == 0) {
                client.close();
                follower.reset();
            }
        }
        assertThat(server.census().getInt("subscriptions")).isGreaterThanOrEqualTo(10 * 4 + 10);
        server.broadcastTo("topic:a", "{}");

        server.close();

        assertThat(server.census().getInt("subscribed_channels")).isZero();
    }

    @FailureCases
    @Test
    @DisplayName("B4.1 W4.2 clients that vanish in the middle of broadcasts leave the others alone")
    void othersGoOn() throws IOException {
        ConsoleClient stays = server.subscriber("topic:all");
        List<Follower> vanishing = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            vanishing.add(server.follower("topic:all"));
        }
        for (int i = 0; i < 50; i++) {
            server.broadcastTo("topic:all", "{\"n\":" + i + "}");
            if (i % 10 == 5) {
                vanishing.get(i / 10).reset();
            }
        }

        List<Frame> messages = stays.inbox().awaitCount(50, Frame::isMessage);

        assertThat(messages).extracting(f -> f.data().getInt("n")).isSorted().doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("a client comes back after a disconnect and is served as before")
    void comesBack() {
        server.subscriber("topic:again").close();

        ConsoleClient again = server.subscriber("topic:again");
        server.broadcastTo("topic:again", "{}");

        again.await("probe");
    }
}
