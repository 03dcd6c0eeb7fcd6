package dev.observatory.hub;

import static dev.observatory.hub.TestHub.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.hub.FakeSocket.Mode;
import dev.observatory.hub.TestHub.Wire;
import dev.observatory.message.Channel;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The handler of commands")
class CommandHandlerTest {

    private TestHub hub = new TestHub(new TestSettings().maxSubscriptions(3));
    private Wire wire = hub.connect(hub.socket(Mode.AT_ONCE));

    @AfterEach
    void close() {
        hub.close();
    }

    private JsonObject answer(String command) {
        int before = wire.socket().frames().size();
        wire.says(command);
        soon().until(() -> wire.socket().frames().size() > before);
        return wire.socket().frames().get(before);
    }

    @Test
    @DisplayName("answers a ping with its data and its id")
    void answersPings() {
        JsonObject pong = answer("{\"type\":\"ping\",\"id\":\"x\",\"data\":{\"a\":[1]}}");

        assertThat(pong.getString("type")).isEqualTo("pong");
        assertThat(pong.getString("reply_to")).isEqualTo("x");
        assertThat(pong.getJsonObject("data").toString()).isEqualTo("{\"a\":[1]}");
    }

    @Test
    @DisplayName("answers a subscription first, then sends the state of each channel, then what happens")
    void subscribes() {
        JsonObject answer = answer(
                "{\"type\":\"subscribe\",\"id\":1,\"data\":{\"channels\":[\"alerts\",\"gpu\",\"file_events\"]}}");

        assertThat(answer.getString("type")).isEqualTo("subscribed");
        assertThat(answer.getInt("reply_to")).isEqualTo(1);
        assertThat(strings(answer, "channels")).containsExactly("alerts", "file_events");
        assertThat(answer.getJsonObject("data")
                        .getJsonArray("refused")
                        .getJsonObject(0)
                        .getString("code"))
                .isEqualTo("unknown_channel");
        soon().until(() -> wire.socket().frames("snapshot").size() == 2);
        hub.append(Channel.ALERTS);
        hub.settle();
        assertThat(wire.socket().frames().stream().map(frame -> frame.getString("type")))
                .containsExactly("subscribed", "snapshot", "snapshot", "note");
    }

    @Test
    @DisplayName("refuses subscriptions beyond the limit one by one, and takes the others")
    void boundsSubscriptions() {
        JsonObject answer =
                answer("{\"type\":\"subscribe\",\"data\":{\"channels\":[\"conversation:1\",\"conversation:2\","
                        + "\"conversation:3\",\"conversation:4\"]}}");

        assertThat(strings(answer, "channels")).hasSize(3);
        assertThat(answer.getJsonObject("data")
                        .getJsonArray("refused")
                        .getJsonObject(0)
                        .getString("code"))
                .isEqualTo("too_many_subscriptions");
        assertThat(hub.census().subscriptions()).isEqualTo(3);

        answer("{\"type\":\"unsubscribe\",\"data\":{\"channels\":[\"conversation:1\"]}}");
        wire.subscribes("alerts");
        hub.settle();
        assertThat(hub.census().subscriptions()).isEqualTo(3);
    }

    @Test
    @DisplayName("answers that a channel was left, also when it was never held")
    void unsubscribes() {
        JsonObject answer =
                answer("{\"type\":\"unsubscribe\",\"id\":2,\"data\":{\"channels\":[\"alerts\",\"nothing\"]}}");

        assertThat(answer.getString("type")).isEqualTo("unsubscribed");
        assertThat(strings(answer, "channels")).containsExactly("alerts");
        assertThat(answer.getJsonObject("data").getJsonArray("refused")).hasSize(1);
    }

    @Test
    @DisplayName("answers with a piece of a home channel's past")
    void givesHistory() {
        IntStream.range(0, 5).forEach(i -> hub.append(Channel.ALERTS));

        JsonObject answer =
                answer("{\"type\":\"history\",\"id\":3,\"data\":{\"channel\":\"alerts\",\"after_seq\":1,\"limit\":2}}");

        assertThat(answer.getString("type")).isEqualTo("history");
        assertThat(answer.getInt("reply_to")).isEqualTo(3);
        JsonObject data = answer.getJsonObject("data");
        assertThat(data.getBoolean("complete")).isFalse();
        assertThat(data.getJsonArray("messages").getValuesAs(JsonObject.class))
                .extracting(message -> message.getInt("seq"))
                .containsExactly(2, 3);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("refuses the past of what has none")
    @CsvSource({
        "project_updates, invalid_field",
        "project:p:conversations, invalid_field",
        "nothing, bad_channel",
        "events, unknown_channel",
        "user:bob, forbidden_channel",
    })
    void refusesHistory(String channel, String code) {
        JsonObject answer = answer("{\"type\":\"history\",\"id\":3,\"data\":{\"channel\":\"" + channel + "\"}}");

        assertThat(answer.getString("type")).isEqualTo("error");
        assertThat(answer.getInt("reply_to")).isEqualTo(3);
        assertThat(answer.getJsonObject("data").getString("code")).isEqualTo(code);
        assertThat(answer.getJsonObject("data").getString("field")).isEqualTo("data.channel");
    }

    @Test
    @DisplayName("answers what it cannot read with an error, and the connection lives on")
    void answersErrors() {
        JsonObject error = answer("{\"type\":\"drop\",\"id\":9}");
        assertThat(error.getString("type")).isEqualTo("error");
        assertThat(error.getInt("reply_to")).isEqualTo(9);
        assertThat(error.getJsonObject("data").getString("code")).isEqualTo("unknown_type");
        assertThat(error.getJsonObject("data").getString("action")).isEqualTo("fix");

        wire.inbound().tooLarge();
        wire.inbound().binary();
        hub.settle();
        assertThat(wire.socket().frames("error"))
                .extracting(frame -> frame.getJsonObject("data").getString("code"))
                .containsExactly("unknown_type", "too_large", "binary_not_supported");
        assertThat(answer("{\"type\":\"ping\"}").getString("type")).isEqualTo("pong");
    }

    @Test
    @DisplayName("answers a fault of its own with an error, and messages do not wait for a state that never comes")
    void answersItsFaults() {
        hub.close();
        hub = new TestHub(
                new TestSettings(),
                1,
                task -> {
                    throw new RejectedExecutionException("too busy");
                },
                List.of());
        wire = hub.connect(hub.socket(Mode.AT_ONCE));

        wire.says("{\"type\":\"subscribe\",\"id\":1,\"data\":{\"channels\":[\"alerts\"]}}");
        hub.settle();
        hub.append(Channel.ALERTS);
        hub.settle();

        assertThat(wire.socket().frames().stream().map(frame -> frame.getString("type")))
                .containsExactly("subscribed", "error", "note");
        JsonObject error = wire.socket().frames("error").get(0);
        assertThat(error.getJsonObject("data").getString("message")).contains("the state of alerts");
        assertThat(error.getJsonObject("data").getString("code")).isEqualTo("internal");
        assertThat(error.getJsonObject("data").getString("action")).isEqualTo("retry");
    }

    private static List<String> strings(JsonObject frame, String field) {
        return frame.getJsonObject("data").getJsonArray(field).getValuesAs(JsonString::getString);
    }
}
