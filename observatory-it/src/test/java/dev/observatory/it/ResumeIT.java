package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import dev.observatory.it.client.ResumingClient;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ResumeIT extends ServerTest {

    @Test
    @DisplayName("B6.4 K6.1 K6.2 K10.3 a client that comes back gets what it has missed, in order, and nothing twice")
    void isBroughtUpToDate() {
        try (ResumingClient client = new ResumingClient(server.socket("ws"), "topic:away", "alerts")) {
            ConsoleClient other = server.subscriber("topic:away");
            fire("topic:away", "\"data\":{\"n\":0}");
            client.awaitLast("topic:away", 1);
            client.disconnect();
            for (int i = 1; i <= 50; i++) {
                fire("topic:away", "\"data\":{\"n\":" + i + "}");
            }
            client.connect();
            fire("topic:away", "\"data\":{\"n\":51}");

            client.awaitLast("topic:away", 52);
            assertThat(client.outcome()).isEqualTo("complete");
            assertThat(client.messages("topic:away"))
                    .extracting(frame -> frame.data().getInt("n"))
                    .containsExactlyElementsOf(IntStream.range(0, 52).boxed().toList());
            assertThat(other.inbox().awaitCount(52, Frame::isMessage))
                    .extracting(Frame::seq)
                    .containsExactlyElementsOf(client.messages("topic:away").stream()
                            .map(Frame::seq)
                            .toList());
        }
    }

    @FailureCases
    @Test
    @DisplayName("K6.3 what is too much to be sent again is announced, and the state comes instead")
    void announcesWhatIsTooMuch() {
        ConsoleClient client = server.subscriber("topic:much");
        JsonObject established = client.await("connection_established").data();
        client.close();
        for (int i = 0; i < 5; i++) {
            server.broadcastTo("topic:much", "\"" + "x".repeat(900_000) + "\"");
        }

        ConsoleClient back = resume(
                established.getString("epoch"), established.getJsonNumber("pos").longValue(), "topic:much");

        JsonObject resumed = back.await("resumed").data();
        assertThat(resumed.getString("outcome")).isEqualTo("snapshot");
        assertThat(back.await("snapshot").data().getString("channel")).isEqualTo("topic:much");
        assertThat(back.sync().messages()).isEmpty();
    }

    @FailureCases
    @Test
    @DisplayName("K10.3 a client from another epoch is told that its numbers say nothing any more")
    void comesFromAnotherEpoch() {
        ConsoleClient client = resume("11111111-2222-3333-4444-555555555555", 7, "topic:other", "alerts");

        JsonObject resumed = client.await("resumed").data();

        assertThat(resumed.getString("outcome")).isEqualTo("gap");
        assertThat(resumed.getJsonArray("missed").getValuesAs(JsonObject.class))
                .extracting(missed -> missed.getString("reason"))
                .containsExactly("epoch", "epoch");
        client.inbox().awaitCount(2, frame -> frame.is("snapshot"));
    }

    @FailureCases(3)
    @Test
    @DisplayName(
            "a cursor that is negative or from the future, and a second resume, are refused, and the connection lives on")
    void refusesNonsense() {
        ConsoleClient client = server.connectOnly("ws?channels=topic:x&resume=1");
        JsonObject established = client.await("connection_established").data();
        String epoch = established.getString("epoch");
        long ahead = established.getJsonNumber("pos").longValue() + 1_000_000;
        client.send(command(1, epoch, -1, "topic:x"));
        client.send(command(2, epoch, ahead, "topic:x"));
        client.send(command(3, epoch, 0, "topic:x", "gpu"));
        client.send(command(4, epoch, 0, "topic:x"));

        List<Frame> errors = client.inbox().awaitCount(3, frame -> frame.is("error"));

        assertThat(errors).extracting(frame -> frame.json().getInt("reply_to")).containsExactlyInAnyOrder(1, 2, 4);
        assertThat(errors)
                .extracting(frame -> frame.data().getString("code"))
                .containsExactlyInAnyOrder("invalid_field", "invalid_field", "already_resumed");
        assertThat(client.await("resumed").data().getJsonArray("refused")).hasSize(1);
        client.sync();
    }

    @Test
    @DisplayName("B10.2 K6.4 what is kept reaches clients that come later, until it expires")
    void keepsForThoseWhoComeLater() {
        fire("topic:kept", "\"kept_for\":\"PT1H\",\"data\":{\"n\":1}");
        fire("topic:kept", "\"data\":{\"n\":2}");
        fire("topic:kept", "\"kept_for\":\"PT0.001S\",\"data\":{\"n\":3}");
        fire("topic:kept", "\"kept_for\":\"PT1H\",\"data\":{\"n\":4}");

        ConsoleClient later = server.subscriber("topic:kept");
        List<Frame> kept = later.inbox().awaitCount(2, Frame::isMessage);

        assertThat(later.sync().messages()).hasSize(2);
        assertThat(kept).extracting(frame -> frame.data().getInt("n")).containsExactly(1, 4);
        assertThat(kept)
                .allSatisfy(
                        frame -> assertThat(frame.json().getBoolean("replay")).isTrue());
    }

    @Test
    @DisplayName("K9.4 a single channel can be taken up behind a number, without repeat")
    void takesUpASingleChannel() {
        ConsoleClient client = server.subscriber("topic:single");
        for (int i = 0; i < 10; i++) {
            fire("topic:single", "\"data\":{\"n\":" + i + "}");
        }
        long fourth = client.inbox().awaitCount(10, Frame::isMessage).get(3).seq();

        ConsoleClient other = server.subscriber("topic:nothing");
        other.send("{\"type\":\"subscribe\",\"data\":{\"channels\":[\"topic:single\"],\"after\":{\"topic:single\":"
                + fourth + "}}}");
        fire("topic:single", "\"data\":{\"n\":10}");

        assertThat(other.inbox().awaitCount(7, Frame::isMessage))
                .extracting(Frame::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(fourth + 1, fourth + 7).boxed().toList());
    }

    private ConsoleClient resume(String epoch, long pos, String... channels) {
        ConsoleClient client = server.connectOnly("ws?resume=1");
        client.await("connection_established");
        return client.send(command(1, epoch, pos, channels));
    }

    private static String command(int id, String epoch, long pos, String... channels) {
        return ResumingClient.command(id, epoch, pos, pos, pos, channels);
    }

    private void fire(String channel, String rest) {
        server.post("api/probe/fire", "{\"type\":\"probe\",\"channel\":\"" + channel + "\"," + rest + "}", 204);
    }
}
