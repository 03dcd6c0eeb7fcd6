package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderingIT extends ServerTest {

    @Test
    @DisplayName("K9.1 K9.2 messages arrive in the order sent, with their numbers in order and without holes")
    void keepsTheOrder() {
        ConsoleClient client = server.subscriber("topic:order");
        for (int i = 0; i < 50; i++) {
            server.broadcastTo("topic:order", "{\"n\":" + i + "}");
        }

        List<Frame> messages = client.inbox().awaitCount(50, Frame::isMessage);

        assertThat(messages)
                .extracting(f -> f.data().getInt("n"))
                .containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
        assertThat(messages)
                .extracting(Frame::seq)
                .containsExactlyElementsOf(from(messages.get(0).seq(), 50));
        assertThat(messages).extracting(Frame::pos).isSorted().doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("K9.3 K9.4 F2 of 8 threads at once every message arrives exactly once, in one order for all clients")
    void ordersConcurrentMessages() {
        List<ConsoleClient> clients = List.of(
                server.subscriber("topic:storm"),
                server.connect("ws?channels=topic:storm", "observatory.v1"),
                server.subscriber("topic:storm", "topic:other"));

        server.post("api/probe/storm?channel=topic:storm&threads=8&count=250", "", 204);

        List<Frame> first = clients.get(0).inbox().awaitCount(2000, Frame::isMessage);
        assertThat(first)
                .extracting(Frame::seq)
                .containsExactlyElementsOf(from(first.get(0).seq(), 2000));
        for (int sender = 0; sender < 8; sender++) {
            int from = sender;
            assertThat(first.stream()
                            .filter(f -> f.data().getInt("sender") == from)
                            .map(f -> f.data().getInt("number")))
                    .containsExactlyElementsOf(IntStream.range(0, 250).boxed().toList());
        }
        for (ConsoleClient client : clients) {
            client.inbox().awaitCount(2000, Frame::isMessage);
            assertThat(client.sync().messages())
                    .extracting(Frame::json)
                    .containsExactlyElementsOf(first.stream().map(Frame::json).toList());
        }
    }

    @Test
    @DisplayName("F2 every number of every channel arrives exactly once, over 20 channels")
    void losesNothing() {
        String[] channels = IntStream.range(0, 20).mapToObj(i -> "topic:c" + i).toArray(String[]::new);
        ConsoleClient client = server.subscriber(channels);
        for (String channel : channels) {
            server.post("api/probe/storm?channel=" + channel + "&threads=2&count=50", "", 204);
        }

        client.inbox().awaitCount(20 * 100, Frame::isMessage);

        for (String channel : channels) {
            List<Frame> messages =
                    client.inbox().all(f -> f.isMessage() && f.channel().equals(channel));
            assertThat(messages)
                    .extracting(Frame::seq)
                    .containsExactlyElementsOf(from(messages.get(0).seq(), 100));
        }
    }

    @Test
    @DisplayName("K9.2 the past of a channel can be asked for and is what was sent")
    void tellsTheHistory() {
        ConsoleClient client = server.subscriber("topic:history");
        for (int i = 0; i < 5; i++) {
            server.broadcastTo("topic:history", "{\"n\":" + i + "}");
        }
        List<Frame> live = client.inbox().awaitCount(5, Frame::isMessage);
        long second = live.get(1).seq();

        client.send("{\"type\":\"history\",\"id\":1,\"data\":{\"channel\":\"topic:history\",\"after_seq\":" + second
                + ",\"limit\":2}}");
        JsonObject part = client.await("history").data();
        assertThat(part.getJsonArray("messages"))
                .containsExactly(live.get(2).json(), live.get(3).json());
        assertThat(part.getBoolean("complete")).isFalse();

        client.send("{\"type\":\"history\",\"id\":2,\"data\":{\"channel\":\"topic:history\",\"after_seq\":" + second
                + "}}");
        JsonObject all = client.await(f -> f.is("history") && f.json().getInt("reply_to") == 2)
                .data();
        assertThat(all.getJsonArray("messages")).hasSize(3);
        assertThat(all.getBoolean("complete")).isTrue();
    }

    @FailureCases(5)
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "\"after_seq\":-1|data.after_seq",
                "\"after_seq\":1.5|data.after_seq",
                "\"after_seq\":99999999999999999999|data.after_seq",
                "\"limit\":1001|data.limit",
                "\"limit\":\"all\"|data.limit",
            })
    @DisplayName("K9.2 a question for a past that cannot be is refused, and what comes is in order all the same")
    void refusesAnImpossiblePast(String part, String field) {
        ConsoleClient client = server.subscriber("topic:past");

        client.send("{\"type\":\"history\",\"data\":{\"channel\":\"topic:past\"," + part + "}}");
        server.broadcastTo("topic:past", "{}");
        server.broadcastTo("topic:past", "{}");

        assertThat(client.await("error").data().getString("field")).isEqualTo(field);
        List<Frame> messages = client.inbox().awaitCount(2, Frame::isMessage);
        assertThat(messages.get(1).seq()).isEqualTo(messages.get(0).seq() + 1);
    }

    @Test
    @DisplayName("K9.4 a second subscription to the same channel brings no message twice")
    void subscribingTwiceChangesNothing() {
        ConsoleClient client = server.subscriber("topic:twice");
        client.send("{\"type\":\"subscribe\",\"id\":1,\"data\":{\"channels\":[\"topic:twice\",\"topic:twice\"]}}");
        client.await("subscribed");

        server.broadcastTo("topic:twice", "{}");
        client.await("probe");

        assertThat(client.sync().messages()).hasSize(1);
    }

    private static List<Long> from(long first, int count) {
        return LongStream.range(first, first + count).boxed().toList();
    }
}
