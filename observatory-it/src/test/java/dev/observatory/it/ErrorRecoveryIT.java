package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import dev.observatory.it.client.RawWebSocket;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorRecoveryIT extends ServerTest {

    @FailureCases(8)
    @ParameterizedTest
    @ValueSource(strings = {"", "{", "nonsense", "[]", "{\"type\":\"ping\"} {}", "{'type':'ping'}", "42", "\u0000"})
    @DisplayName("K5.1 W4.3 malformed JSON gets an error answer, and the connection lives on")
    void answersMalformedJson(String text) {
        ConsoleClient client = server.subscriber("topic:none").send(text);

        JsonObject error = client.await("error").data();

        assertThat(error.getString("code")).isEqualTo("bad_json");
        assertThat(error.getString("message")).isNotBlank().doesNotContain("Source", "StreamRead");
        assertThat(error.getString("action")).isEqualTo("fix");
        client.sync();
    }

    @FailureCases(8)
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\":7}|missing_field|type",
                "{\"id\":7,\"type\":\"subscribe\"}|missing_field|data",
                "{\"id\":7,\"type\":\"subscribe\",\"data\":{}}|missing_field|data.channels",
                "{\"id\":7,\"type\":\"subscribe\",\"data\":{\"channels\":\"a\"}}|invalid_field|data.channels",
                "{\"id\":7,\"type\":\"subscribe\",\"data\":{\"channels\":[1]}}|invalid_field|data.channels",
                "{\"id\":7,\"type\":\"history\",\"data\":{}}|missing_field|data.channel",
                "{\"id\":7,\"type\":\"history\",\"data\":{\"channel\":\"gpu\"}}|unknown_channel|data.channel",
                "{\"id\":7,\"type\":\"launch\"}|unknown_type|type",
            })
    @DisplayName("K5.2 K5.4 W4.3 a validation error names the field, the command and what to do")
    void namesTheField(String command, String code, String field) {
        ConsoleClient client = server.subscriber("topic:none").send(command);

        Frame answer = client.await("error");

        assertThat(answer.json().getInt("reply_to")).isEqualTo(7);
        assertThat(answer.data().getString("code")).isEqualTo(code);
        assertThat(answer.data().getString("field")).isEqualTo(field);
        assertThat(answer.data().getString("message")).isNotBlank();
        assertThat(answer.data().getString("action")).isEqualTo("fix");
        client.sync();
    }

    @FailureCases
    @Test
    @DisplayName("K5.3 C7.2 a fault inside the server is answered and does not close the connection")
    void survivesFaults() {
        ConsoleClient client = server.subscriber("topic:fine");
        client.send("{\"type\":\"subscribe\",\"id\":1,\"data\":{\"channels\":[\"topic:faulty\"]}}");

        JsonObject error = client.await("error").data();

        assertThat(error.getString("code")).isEqualTo("internal");
        assertThat(error.getString("action")).isEqualTo("retry");
        assertThat(error.getString("message")).doesNotContain("Exception");
        server.broadcastTo("topic:fine", "{\"n\":1}");
        assertThat(client.await("probe").data().getInt("n")).isEqualTo(1);
    }

    @FailureCases
    @Test
    @DisplayName(
            "B6.2 W2.4 a broadcast that cannot be encoded is refused to its caller, reaches nobody, and the next one works")
    void refusesWhatCannotBeEncoded() {
        ConsoleClient client = server.subscriber("topic:unencodable");

        String answer = server.post("api/probe/unencodable", "", 422);

        assertThat(answer).contains("no JSON can be made of");
        server.broadcastTo("topic:unencodable", "{\"n\":1}");
        assertThat(client.await("probe").seq()).isEqualTo(1);
        assertThat(client.sync().messages()).hasSize(1);
    }

    @FailureCases(2)
    @Test
    @DisplayName("W4.3 a command above 64 KiB is refused, in one frame or in many, and the connection lives on")
    void refusesLargeCommands() throws IOException {
        RawWebSocket raw = server.raw("ws?channels=topic:none").answeringPings();
        byte[] part = "x".repeat(30_000).getBytes(StandardCharsets.UTF_8);

        raw.text("x".repeat(65_537));
        assertThat(raw.readText("\"error\"").text()).contains("too_large").contains("65536");

        raw.frame(RawWebSocket.TEXT, false, part);
        raw.frame(RawWebSocket.CONTINUATION, false, part);
        raw.frame(RawWebSocket.CONTINUATION, false, part);
        assertThat(raw.readText("\"error\"").text()).contains("too_large");
        raw.frame(RawWebSocket.CONTINUATION, true, part);

        raw.text("{\"type\":\"ping\",\"id\":\"alive\"}");
        assertThat(raw.readText("alive").text()).contains("pong");
    }

    @Test
    @DisplayName("W4.3 a command of exactly 64 KiB is carried out")
    void takesTheLargestCommand() {
        ConsoleClient client = server.subscriber("topic:none");
        String frame = "{\"type\":\"ping\",\"id\":1,\"data\":\"\"}";

        client.send(frame.replace("\"\"", "\"" + "x".repeat(65_536 - frame.length()) + "\""));

        client.await("pong");
    }

    @FailureCases
    @Test
    @DisplayName("a message without end is cut off with 1009")
    void cutsOffFloods() throws IOException {
        RawWebSocket raw = server.raw("ws?channels=topic:none").answeringPings();
        byte[] part = new byte[64 * 1024];
        Arrays.fill(part, (byte) 'x');
        raw.frame(RawWebSocket.TEXT, false, part);
        // no more than it takes: a server that closes with bytes unread resets the connection, and the close frame is
        // lost
        for (int i = 0; i < 16; i++) {
            raw.frame(RawWebSocket.CONTINUATION, false, part);
        }

        assertThat(raw.read(RawWebSocket.CLOSE).closeCode()).isEqualTo(1009);
    }

    @FailureCases
    @Test
    @DisplayName("W4.3 a binary message is refused, and the connection lives on")
    void refusesBinary() {
        ConsoleClient client = server.subscriber("topic:none");
        client.sendBinary(new byte[] {1, 2, 3});

        assertThat(client.await("error").data().getString("code")).isEqualTo("binary_not_supported");
        client.sync();
    }

    @FailureCases
    @Test
    @DisplayName("W4.3 bad channel names are refused one by one, the good ones are granted")
    void refusesBadChannels() {
        ConsoleClient client = server.subscriber("topic:none");
        client.send("{\"type\":\"subscribe\",\"id\":1,\"data\":{\"channels\":[\"topic:good\",\"\",\"conversation:\","
                + "\"nonsense\",\"topic:ä\",\"topic:" + "x".repeat(200) + "\",\"everyone\"]}}");

        JsonObject answer = client.await("subscribed").data();

        assertThat(answer.getJsonArray("channels").toString()).isEqualTo("[\"topic:good\"]");
        assertThat(answer.getJsonArray("refused")).hasSize(6);
        client.sync();
    }

    @FailureCases
    @Test
    @DisplayName("the 201st subscription is refused, and the connection lives on")
    void limitsSubscriptions() {
        ConsoleClient client = server.subscriber("topic:none");
        StringBuilder channels = new StringBuilder("\"topic:0\"");
        for (int i = 1; i < 200; i++) {
            channels.append(",\"topic:").append(i).append('"');
        }
        client.send("{\"type\":\"subscribe\",\"id\":1,\"data\":{\"channels\":[" + channels + "]}}");

        JsonObject answer = client.await("subscribed").data();

        assertThat(answer.getJsonArray("channels")).hasSize(199);
        assertThat(answer.getJsonArray("refused").getJsonObject(0).getString("code"))
                .isEqualTo("too_many_subscriptions");
        client.sync();
    }

    @FailureCases
    @Test
    @DisplayName("20 errors within 10 seconds end the connection with 4504")
    void endsAfterTooManyErrors() {
        ConsoleClient client = server.subscriber("topic:none");
        for (int i = 0; i < 20; i++) {
            client.send("nonsense");
        }

        assertThat(client.inbox().awaitEnd()).startsWith("4504").contains("protocol_errors");
        assertThat(client.inbox().all(f -> f.is("error"))).hasSizeGreaterThanOrEqualTo(19);
    }
}
