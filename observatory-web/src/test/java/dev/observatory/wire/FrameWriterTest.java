package dev.observatory.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.observatory.journal.Journal.History;
import dev.observatory.journal.JsonEncoder;
import dev.observatory.journal.UnencodableException;
import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import dev.observatory.protocol.CommandRefusal;
import dev.observatory.protocol.ControlFrame;
import dev.observatory.protocol.ControlFrame.RefusedChannel;
import dev.observatory.protocol.ErrorCode;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The writer of frames")
class FrameWriterTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final FrameWriter writer = new FrameWriter(new JsonEncoder(), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    @DisplayName("gives every frame a type, data and a timestamp with milliseconds")
    void givesEveryFrameItsShape() {
        List<String> frames = new ArrayList<>(List.of(
                writer.control(new ControlFrame.Subscribed(List.of(), List.of()), null),
                writer.control(new ControlFrame.Unsubscribed(List.of("a"), List.of()), "\"x\""),
                writer.control(new ControlFrame.Status(List.of(), 0, 0, Map.of(), 1.5), "1"),
                writer.refusal(new CommandRefusal(null, ErrorCode.BAD_JSON, "a\nb\u2028\ud83d", null)),
                writer.pong(null, null),
                writer.pong("\"x\"", "1"),
                writer.history(Channel.ALERTS, new History(List.of(), true), "1")));
        frames.addAll(writer.snapshot(Channel.ALERTS, 1, List.of(), 0));

        assertThat(frames).allSatisfy(frame -> {
            assertThat(frame).doesNotContain("\n", "\r");
            JsonObject json = parsed(frame);
            assertThat(json.getString("type")).matches("[a-z_]+");
            assertThat(json.getString("timestamp")).isEqualTo("2026-01-02T03:04:05.678Z");
            assertThat(json).containsKey("data").doesNotContainKeys("channel", "seq");
        });
    }

    @Test
    @DisplayName("names the command that a frame answers by the id's own text, and leaves that out where there is none")
    void namesTheCommand() {
        ControlFrame frame = new ControlFrame.Subscribed(List.of(), List.of());

        assertThat(writer.control(frame, "1.10")).contains("\"reply_to\":1.10,");
        assertThat(parsed(writer.control(frame, "\"a\\u0062\"")).getString("reply_to"))
                .isEqualTo("ab");
        assertThat(parsed(writer.control(frame, null))).doesNotContainKey("reply_to");
    }

    @Test
    @DisplayName("writes the channels that were granted and refused")
    void writesSubscribed() {
        JsonObject data = parsed(writer.control(
                        new ControlFrame.Subscribed(
                                List.of("alerts"),
                                List.of(new RefusedChannel("x\"y", ErrorCode.BAD_CHANNEL, "no such name"))),
                        "1"))
                .getJsonObject("data");

        assertThat(data.getJsonArray("channels").getString(0)).isEqualTo("alerts");
        JsonObject refused = data.getJsonArray("refused").getJsonObject(0);
        assertThat(refused.getString("channel")).isEqualTo("x\"y");
        assertThat(refused.getString("code")).isEqualTo("bad_channel");
        assertThat(refused.getString("message")).isEqualTo("no such name");
        assertThat(data.keySet()).containsExactlyInAnyOrder("channels", "refused");
    }

    @Test
    @DisplayName("writes the first frame with everything a client needs to know")
    void writesConnectionEstablished() {
        JsonObject json = parsed(writer.control(
                new ControlFrame.ConnectionEstablished(
                        "c1",
                        "ann",
                        "/ws",
                        "observatory.v1",
                        "e1",
                        42,
                        NOW,
                        new ControlFrame.Heartbeat(20_000, 10_000),
                        List.of("alerts"),
                        List.of(),
                        new ControlFrame.Limits(65_536, 50, 200, 200, 100),
                        NOW.plusSeconds(60)),
                null));

        assertThat(json.getString("type")).isEqualTo("connection_established");
        JsonObject data = json.getJsonObject("data");
        assertThat(data.keySet())
                .containsExactlyInAnyOrder(
                        "connection_id",
                        "user",
                        "endpoint",
                        "subprotocol",
                        "epoch",
                        "pos",
                        "server_time",
                        "heartbeat",
                        "subscriptions",
                        "refused",
                        "limits",
                        "token_expires_at");
        assertThat(data.getInt("pos")).isEqualTo(42);
        assertThat(data.getString("server_time")).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(data.getJsonObject("heartbeat").getInt("interval_ms")).isEqualTo(20_000);
        assertThat(data.getJsonObject("heartbeat").getInt("timeout_ms")).isEqualTo(10_000);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("writes an error with its code in lower case and what to do about it")
    @EnumSource(ErrorCode.class)
    void writesErrors(ErrorCode code) {
        JsonObject json = parsed(writer.refusal(new CommandRefusal("3", code, "a \"reason\"", "data.channel")));

        assertThat(json.getString("type")).isEqualTo("error");
        assertThat(json.getInt("reply_to")).isEqualTo(3);
        JsonObject data = json.getJsonObject("data");
        assertThat(data.getString("code")).isEqualTo(code.name().toLowerCase(Locale.ROOT));
        assertThat(data.getString("message")).isEqualTo("a \"reason\"");
        assertThat(data.getString("field")).isEqualTo("data.channel");
        assertThat(data.getString("action")).isIn("fix", "retry", "refresh_token", "stop");
    }

    @Test
    @DisplayName("echoes a ping's data to the letter")
    void echoes() {
        assertThat(writer.pong("{ \"a\":1.10 }", "1")).contains("\"data\":{ \"a\":1.10 }}");
        assertThat(parsed(writer.pong(null, null)).getJsonObject("data")).isEmpty();
    }

    @Test
    @DisplayName("writes a channel's past with the messages as they were")
    void writesHistory() {
        Message message = new Message(
                "d", "note", Channel.ALERTS, List.of(), 7, 9, NOW, "{\"type\":\"note\",\"seq\":7}", 23, null, null);

        JsonObject json = parsed(writer.history(Channel.ALERTS, new History(List.of(message, message), false), "1"));

        assertThat(json.getString("type")).isEqualTo("history");
        JsonObject data = json.getJsonObject("data");
        assertThat(data.getString("channel")).isEqualTo("alerts");
        assertThat(data.getBoolean("complete")).isFalse();
        assertThat(data.getJsonArray("messages")).hasSize(2);
        assertThat(data.getJsonArray("messages").getJsonObject(1).getInt("seq")).isEqualTo(7);
    }

    @Test
    @DisplayName("writes the state of nothing as one part, because the client waits for it")
    void writesAnEmptySnapshot() {
        List<String> frames = writer.snapshot(Channel.ALERTS, 12, List.of(), 0);

        assertThat(frames).hasSize(1);
        JsonObject json = parsed(frames.get(0));
        assertThat(json.getString("type")).isEqualTo("snapshot");
        assertThat(json.getInt("pos")).isEqualTo(12);
        assertThat(json.getJsonObject("data").keySet()).containsExactlyInAnyOrder("channel", "items", "part", "parts");
        assertThat(json.getJsonObject("data").getJsonArray("items")).isEmpty();
    }

    @Test
    @DisplayName("says how many things a snapshot leaves out, in each of its parts")
    void saysWhatIsOmitted() {
        List<String> items = List.of("x".repeat(300_000), "y");

        List<String> frames = writer.snapshot(Channel.ALERTS, 12, items, 3);

        assertThat(frames)
                .hasSize(2)
                .allSatisfy(
                        frame -> assertThat(parsed(frame).getJsonObject("data").getInt("omitted"))
                                .isEqualTo(3));
    }

    @Test
    @DisplayName("writes a large state in numbered parts of the same pos, with every item once and in order")
    void writesLargeSnapshotsInParts() {
        List<Map<String, Object>> items = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            items.add(Map.of("n", i, "text", "\u00e4".repeat(i % 200)));
        }

        List<String> frames = writer.snapshot(Channel.ALERTS, 12, items, 0);

        assertThat(frames).hasSizeGreaterThan(2);
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            assertThat(frames.get(i).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(300_000);
            JsonObject json = parsed(frames.get(i));
            assertThat(json.getInt("pos")).isEqualTo(12);
            assertThat(json.getJsonObject("data").getInt("part")).isEqualTo(i + 1);
            assertThat(json.getJsonObject("data").getInt("parts")).isEqualTo(frames.size());
            JsonArray part = json.getJsonObject("data").getJsonArray("items");
            part.getValuesAs(JsonObject.class).forEach(item -> seen.add(item.getInt("n")));
        }
        assertThat(seen).hasSize(5_000).isSorted().doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("refuses a state that has no JSON form")
    void refusesWhatHasNoJsonForm() {
        assertThatExceptionOfType(UnencodableException.class)
                .isThrownBy(() -> writer.snapshot(Channel.ALERTS, 1, List.of(Map.of("n", Double.NaN)), 0));
    }

    private static JsonObject parsed(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }
}
