package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import dev.observatory.it.client.RawWebSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagingIT extends ServerTest {

    @Test
    @DisplayName("K2.1 K2.2 K2.3 a command arrives, is acknowledged under its id, and the answer arrives")
    void acknowledges() {
        ConsoleClient client = server.subscriber("topic:none");

        client.send("{\"type\":\"subscribe\",\"id\":41,\"data\":{\"channels\":[\"topic:news\",\"gpu\"]}}");

        Frame answer = client.await("subscribed");
        assertThat(answer.json().getInt("reply_to")).isEqualTo(41);
        assertThat(answer.data().getJsonArray("channels").toString()).isEqualTo("[\"topic:news\"]");
        assertThat(answer.data().getJsonArray("refused").getJsonObject(0).getString("code"))
                .isEqualTo("unknown_channel");
        assertThat(answer.json()).doesNotContainKeys("seq", "pos", "channel");
        server.broadcastTo("topic:news", "{\"n\":1}");
        client.await("probe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":\"Grüße, 世界, 🙂👩‍👩‍👧, \\u0000\\u001f\\u2028, عربى, \\\\ \\\" \\/\"}",
                "{\"deep\":[[[[{\"a\":[{},[],null,true,false]}]]]]}",
                "{\"numbers\":[0,-0,1e2,1.10,123456789012345678901234567890,1E-7]}",
                "\"just a text\"",
                "[ ]",
                "null"
            })
    @DisplayName("K2.4 content and format survive unharmed")
    void survives(String data) throws IOException {
        RawWebSocket raw = server.raw("ws?channels=topic:none").answeringPings();

        raw.text("{\"type\":\"ping\",\"id\":\"é\",\"data\":" + data + "}");

        assertThat(raw.readText("\"pong\"").text())
                .contains("\"reply_to\":\"é\"")
                .endsWith("\"data\":" + data + "}");
    }

    @FailureCases(4)
    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1]", "true", "null"})
    @DisplayName("K2.2 an id of another kind is refused, and the next command is acknowledged")
    void refusesOtherIds(String id) {
        ConsoleClient client = server.subscriber("topic:none").send("{\"type\":\"ping\",\"id\":" + id + "}");

        assertThat(client.await("error").data().getString("field")).isEqualTo("id");
        client.sync();
    }

    @Test
    @DisplayName("K2.4 all of Unicode survives a broadcast, also half a character")
    void unicodeSurvivesABroadcast() {
        ConsoleClient client = server.subscriber("topic:unicode");
        StringBuilder all = new StringBuilder();
        for (int point = 0x20; point < 0x30000; point += 7) {
            if (point < 0xd800 || point > 0xdfff) {
                all.appendCodePoint(point);
            }
        }
        String text = all.toString().replace("\\", "").replace("\"", "") + "\u2028\u2029";

        server.broadcastTo("topic:unicode", "{\"text\":\"" + text + "\",\"half\":\"a\\ud83d\"}");

        Frame message = client.await("probe");
        assertThat(message.data().getString("text")).isEqualTo(text);
        assertThat(message.data().getString("half")).isEqualTo("a\ud83d");
    }

    @Test
    @DisplayName("K2.1 a command in many fragments arrives as one, cut within a character too")
    void putsFragmentsTogether() throws IOException {
        RawWebSocket raw = server.raw("ws?channels=topic:none").answeringPings();
        byte[] command = "{\"type\":\"ping\",\"id\":1,\"data\":\"Grüße🙂\"}".getBytes(StandardCharsets.UTF_8);

        for (int i = 0; i < command.length; i++) {
            raw.frame(i == 0 ? RawWebSocket.TEXT : RawWebSocket.CONTINUATION, i == command.length - 1, new byte[] {
                command[i]
            });
        }

        assertThat(raw.readText("\"pong\"").text()).contains("Grüße🙂");
    }

    @Test
    @DisplayName("several messages come as lines of one frame to those who speak observatory.v1, and to nobody else")
    void batchesABacklog() throws IOException {
        RawWebSocket batching = server.raw("ws?channels=topic:burst", "Sec-WebSocket-Protocol: observatory.v1")
                .answeringPings();
        ConsoleClient plain = server.subscriber("topic:burst");
        batching.readText("snapshot");

        server.post("api/probe/storm?channel=topic:burst&threads=2&count=2000", "", 204);

        int lines = 0;
        int frames = 0;
        while (lines < 4000) {
            lines += (int) batching.readText("storm").text().lines().count();
            frames++;
        }
        assertThat(lines).isEqualTo(4000);
        assertThat(frames).isLessThan(4000);
        plain.inbox().awaitCount(4000, Frame::isMessage);
    }
}
