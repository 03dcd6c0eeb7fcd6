package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Follower;
import dev.observatory.it.client.Frame;
import dev.observatory.it.client.RawWebSocket;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The endpoints of the security feed and of the system, and the beans that broadcast to them. */
class FeedIT extends ServerTest {

    private static final String EVENTS = "ws/events";
    private static final String SYSTEM = "ws/system";

    private final String camera = "cam-" + UUID.randomUUID();

    @BeforeEach
    void register() {
        server.post("api/cameras/" + camera + "/heartbeat", "", 200);
    }

    @Test
    @DisplayName("C5.1 C1.1 C1.2 C4.1 C4.2 C4.3 /ws/events can be connected to, and tells events and detections whole")
    void tellsWhatCamerasSee() {
        ConsoleClient client = server.connect(EVENTS);
        JsonObject hello = client.await("connection_established").data();
        assertThat(hello.getString("endpoint")).isEqualTo("/ws/events");
        assertThat(hello.getJsonArray("subscriptions").toString()).isEqualTo("[\"events\",\"detections\"]");

        assertThat(broadcast("event?id=" + camera + "e&camera=" + camera)).isEqualTo(1);
        assertThat(broadcast("detection?id=" + camera + "d&camera=" + camera)).isEqualTo(1);

        Frame event = client.await("new_event");
        assertThat(event.channel()).isEqualTo("events");
        assertThat(event.json().getString("priority")).isEqualTo("high");
        assertThat(event.data().keySet())
                .containsExactlyInAnyOrder(
                        "id",
                        "camera_id",
                        "risk_score",
                        "risk_level",
                        "summary",
                        "reasoning",
                        "started_at",
                        "ended_at");
        assertThat(event.data().getString("camera_id")).isEqualTo(camera);
        assertThat(event.data().getInt("risk_score")).isEqualTo(42);
        assertThat(event.data().getString("risk_level")).isEqualTo("medium");
        assertThat(time(event, "started_at")).isBefore(time(event, "ended_at"));
        Frame detection = client.await("detection");
        assertThat(detection.data().keySet())
                .containsExactlyInAnyOrder(
                        "id",
                        "camera_id",
                        "object_type",
                        "confidence",
                        "detected_at",
                        "bbox_x",
                        "bbox_y",
                        "bbox_width",
                        "bbox_height");
        assertThat(detection.data().getJsonNumber("confidence").doubleValue()).isEqualTo(0.875);
        assertThat(detection.data().getInt("bbox_height")).isEqualTo(400);
        assertThat(time(detection, "detected_at")).isBefore(Instant.now().plusSeconds(1));
    }

    @Test
    @DisplayName("C5.1 C1.3 C1.4 C4.1 C4.2 C4.3 /ws/system can be connected to, and tells GPUs and cameras whole")
    void tellsWhatTheSystemDoes() {
        ConsoleClient client = server.connect(SYSTEM);
        JsonObject hello = client.await("connection_established").data();
        assertThat(hello.getString("endpoint")).isEqualTo("/ws/system");
        assertThat(hello.getJsonArray("subscriptions").toString()).isEqualTo("[\"gpu\",\"cameras\",\"system_status\"]");

        assertThat(broadcast("gpu?index=7")).isEqualTo(1);
        assertThat(broadcast("camera?id=" + camera)).isEqualTo(1);
        assertThat(broadcast("status?messagesPerS=17")).isEqualTo(1);

        Frame gpu = client.await("gpu_stats");
        assertThat(gpu.data().keySet())
                .containsExactlyInAnyOrder(
                        "gpu_index",
                        "gpu_name",
                        "gpu_utilization",
                        "memory_used",
                        "memory_total",
                        "temperature",
                        "inference_fps",
                        "recorded_at");
        assertThat(gpu.data().getJsonNumber("inference_fps").doubleValue()).isEqualTo(29.5);
        assertThat(time(gpu, "recorded_at")).isBefore(Instant.now().plusSeconds(1));
        Frame status = client.await(cameraStatus("error"));
        assertThat(status.data().keySet()).containsExactlyInAnyOrder("camera_id", "status", "last_seen_at");
        assertThat(time(status, "last_seen_at")).isBefore(Instant.now().plusSeconds(1));
        client.await(frame -> frame.is("system_status") && messagesPerS(frame.data()) == 17);
    }

    @Test
    @DisplayName("C3.1 broadcasts to nobody return 0, and those who come later are shown what was said")
    void keepsForTheSnapshot() {
        assertThat(broadcast("event?id=" + camera + "e&camera=" + camera)).isZero();
        assertThat(broadcast("detection?id=" + camera + "d&camera=" + camera)).isZero();
        assertThat(broadcast("gpu?index=9")).isZero();
        assertThat(broadcast("camera?id=" + camera)).isZero();

        ConsoleClient events = server.connect(EVENTS);
        ConsoleClient system = server.connect(SYSTEM);

        assertThat(items(events, "events"))
                .extracting(event -> event.getString("id"))
                .contains(camera + "e");
        assertThat(items(events, "detections"))
                .extracting(detection -> detection.getString("id"))
                .contains(camera + "d");
        assertThat(items(system, "gpu"))
                .extracting(gpu -> gpu.getInt("gpu_index"))
                .contains(9);
        assertThat(items(system, "cameras"))
                .filteredOn(item -> item.getString("camera_id").equals(camera))
                .extracting(item -> item.getString("status"))
                .containsExactly("error");
        assertThat(items(system, "system_status")).hasSize(1);
    }

    @Test
    @DisplayName("a snapshot has the last 50 events and the last 200 detections, the newest first")
    void boundsTheSnapshot() {
        StringBuilder events = new StringBuilder();
        StringBuilder detections = new StringBuilder();
        for (int i = 0; i < 201; i++) {
            events.append(IngestIT.event(camera + "-" + i, camera, 1, "low")).append('\n');
            detections.append(IngestIT.detection(camera + "-" + i, camera)).append('\n');
        }
        IngestIT.postLines(server, "api/events", events.toString(), 201);
        IngestIT.postLines(server, "api/detections", detections.toString(), 201);

        ConsoleClient client = server.connect(EVENTS);

        assertThat(items(client, "events"))
                .hasSize(50)
                .isSortedAccordingTo(
                        (one, other) -> other.getString("started_at").compareTo(one.getString("started_at")));
        assertThat(items(client, "detections")).hasSize(200);
    }

    @Test
    @DisplayName("C2.1 C2.2 C3.2 C3.3 C8.1 connect adds, disconnect removes, and all connections are told")
    void countsItsConnections() {
        ConsoleClient first = server.connect(EVENTS);
        assertThat(broadcast("event?id=" + camera + "1&camera=" + camera)).isEqualTo(1);
        List<ConsoleClient> more = server.connect(4, EVENTS);
        List<ConsoleClient> others = server.connect(3, SYSTEM);
        assertThat(broadcast("event?id=" + camera + "2&camera=" + camera)).isEqualTo(5);
        assertThat(broadcast("camera?id=" + camera)).isEqualTo(3);
        assertThat(server.census().getJsonArray("connections")).hasSize(8);

        more.forEach(client -> client.await("new_event"));
        others.forEach(client -> client.await(cameraStatus("error")));
        first.close();

        await(7);
        assertThat(broadcast("event?id=" + camera + "3&camera=" + camera)).isEqualTo(4);
    }

    @Test
    @DisplayName(
            "C3.4 C3.5 a client that reads nothing holds up neither the broadcaster nor the others, and is not counted")
    void countsWhatWorked() throws IOException {
        List<ConsoleClient> healthy = server.connect(3, EVENTS + "?channels=events");
        server.raw(EVENTS + "?channels=events").readText("\"snapshot\"");

        JsonObject result =
                Server.json(server.post("api/probe/feed/burst?count=400&bytes=32000&camera=" + camera, "", 200));

        assertThat(result.getInt("pending"))
                .as("not sent when the last call returned")
                .isPositive();
        JsonArray sent = result.getJsonArray("sent");
        assertThat(sent.getInt(sent.size() - 1)).isEqualTo(3);
        healthy.forEach(client -> client.inbox().awaitCount(400, frame -> frame.is("new_event")));
        await(3);
    }

    @Test
    @DisplayName("C2.3 C7.2 a connection that breaks is let go, and one that errs is told so and lives on")
    void survivesErrors() throws IOException {
        ConsoleClient client = server.connect(EVENTS);
        RawWebSocket broken = server.raw(EVENTS);
        broken.readText("\"snapshot\"");
        broken.frame(RawWebSocket.TEXT, false, "{\"type\":".getBytes(StandardCharsets.UTF_8));
        broken.reset();

        client.send("no JSON");
        assertThat(client.await("error").data().getString("code")).isEqualTo("bad_json");
        await(1);
        assertThat(broadcast("event?id=" + camera + "&camera=" + camera)).isEqualTo(1);
        client.await("new_event");
    }

    @Test
    @DisplayName("C5.2 C5.3 a client leaves in order, comes back, and is served as before")
    void comesBack() {
        for (String endpoint : List.of(EVENTS, SYSTEM)) {
            ConsoleClient client = server.connect(endpoint);
            client.close();
            assertThat(client.inbox().awaitEnd()).startsWith("1000");
            await(0);
            server.connect(endpoint);
            await(1);
            assertThat(broadcast("event?id=" + UUID.randomUUID() + "&camera=" + camera))
                    .isEqualTo(endpoint.equals(EVENTS) ? 1 : 0);
            server.close();
        }
    }

    @Test
    @DisplayName("C5.4 C6.1 C6.2 40 connections on both endpoints work at once, and leave nothing behind")
    void manyAtOnce() throws IOException {
        List<ConsoleClient> events = server.connect(20, EVENTS);
        List<ConsoleClient> system = server.connect(20, SYSTEM);
        List<Follower> vanishing = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String path = i % 2 == 0 ? EVENTS + "?channels=events" : SYSTEM + "?channels=cameras";
            vanishing.add(server.follow(path, text -> {}));
        }
        assertThat(broadcast("event?id=" + camera + "&camera=" + camera)).isEqualTo(25);
        assertThat(broadcast("camera?id=" + camera)).isEqualTo(25);
        events.forEach(client -> client.await("new_event"));
        system.forEach(client -> client.await(cameraStatus("error")));

        for (Follower follower : vanishing) {
            follower.reset();
        }
        server.close();

        JsonObject census = server.census();
        assertThat(census.getJsonArray("connections")).isEmpty();
        assertThat(census.getInt("subscriptions")).isZero();
        assertThat(census.getInt("queued_bytes")).isZero();
    }

    @Test
    @DisplayName("C8.2 events, system and console are isolated from each other")
    void isolated() {
        ConsoleClient events = server.connect(EVENTS);
        ConsoleClient system = server.connect(SYSTEM);
        ConsoleClient console = server.connect();
        broadcast("event?id=" + camera + "&camera=" + camera);
        broadcast("camera?id=" + camera);
        server.broadcastTo("all_conversations", "{}");

        assertThat(types(events, "new_event")).isSubsetOf("new_event", "detection");
        assertThat(types(system, "camera_status")).isSubsetOf("gpu_stats", "camera_status", "system_status");
        assertThat(types(console, "probe")).doesNotContain("new_event", "camera_status", "system_status");
        for (String channel : List.of("gpu", "all_conversations", "alerts")) {
            events.send("{\"type\":\"subscribe\",\"id\":\"" + channel + "\",\"data\":{\"channels\":[\"" + channel
                    + "\"]}}");
            JsonObject answer = events.await(frame -> frame.is("subscribed")
                            && channel.equals(frame.json().getString("reply_to", "")))
                    .data();
            assertThat(answer.getJsonArray("channels")).isEmpty();
            assertThat(answer.getJsonArray("refused")).hasSize(1);
        }
    }

    @Test
    @DisplayName("a client of the feed comes back and misses nothing")
    void resumes() {
        ConsoleClient client = server.connect(EVENTS + "?channels=events");
        JsonObject hello = client.await("connection_established").data();
        broadcast("event?id=" + camera + "1&camera=" + camera);
        long seen = client.await("new_event").pos();
        client.close();
        broadcast("event?id=" + camera + "2&camera=" + camera);

        ConsoleClient again = server.connectOnly(EVENTS + "?channels=events&resume=1");
        again.await("connection_established");
        again.send("{\"type\":\"resume\",\"id\":1,\"data\":{\"epoch\":\"" + hello.getString("epoch")
                + "\",\"cursor\":{\"high\":" + seen + ",\"normal\":" + seen + ",\"low\":" + seen
                + "},\"channels\":[\"events\"]}}");

        assertThat(again.await("resumed").data().getString("outcome")).isEqualTo("complete");
        assertThat(again.await("new_event").data().getString("id")).isEqualTo(camera + "2");
    }

    private int broadcast(String what) {
        return Server.json(server.post("api/probe/feed/" + what, "", 200)).getInt("sent");
    }

    private void await(int connections) {
        Awaitility.await().until(() -> server.connections() == connections);
    }

    private Predicate<Frame> cameraStatus(String status) {
        return frame -> frame.is("camera_status")
                && frame.data().getString("camera_id").equals(camera)
                && frame.data().getString("status").equals(status);
    }

    /** Waits until the last of them is there, and returns the types of all messages. */
    private static List<String> types(ConsoleClient client, String last) {
        client.await(last);
        return client.sync().messages().stream().map(Frame::type).toList();
    }

    private static List<JsonObject> items(ConsoleClient client, String channel) {
        return client.await(frame -> frame.is("snapshot")
                        && frame.data().getString("channel").equals(channel))
                .data()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class);
    }

    private static double messagesPerS(JsonObject status) {
        JsonNumber number = status.getJsonNumber("messages_per_s");
        return number == null ? -1 : number.doubleValue();
    }

    private static Instant time(Frame frame, String field) {
        String text = frame.data().getString(field);
        assertThat(text).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        return Instant.parse(text);
    }
}
