package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pipelines report by REST, and what becomes of it. */
class IngestIT extends ServerTest {

    private static final String NDJSON = "application/x-ndjson";

    private final String camera = "cam-" + UUID.randomUUID();

    @BeforeEach
    void register() {
        server.post("api/cameras/" + camera + "/heartbeat", "", 200);
    }

    @Test
    @DisplayName("C9.1 an analyser's event comes by REST and goes to all clients; it is stored and can be asked for")
    void takesEvents() {
        ConsoleClient client = server.connect("ws/events");

        String answer = server.post("api/events", event("e" + camera, camera, 30, "medium"), 201);

        assertThat(Server.json(answer).getString("id")).isEqualTo("e" + camera);
        Frame told = client.await("new_event");
        assertThat(told.data().getString("id")).isEqualTo("e" + camera);
        assertThat(told.data().get("ended_at")).isEqualTo(JsonObject.NULL);
        JsonObject stored = Server.json(server.get("api/events/e" + camera, 200));
        assertThat(stored).isEqualTo(told.data());
        server.get("api/events/none", 404);
    }

    @Test
    @DisplayName("C9.2 a pipeline's detections come one by one and in batches, and go out in their order")
    void takesDetections() {
        ConsoleClient client = server.connect("ws/events");

        server.post("api/detections", detection(camera + "-0", camera), 201);
        StringBuilder batch = new StringBuilder("\n");
        for (int i = 1; i <= 500; i++) {
            batch.append(detection(camera + "-" + i, camera)).append(i % 2 == 0 ? "\r\n" : "\n");
        }
        JsonObject answer = Server.json(postLines(server, "api/detections", batch.toString(), 201));

        assertThat(answer.getJsonArray("ids").getValuesAs(JsonString::getString))
                .hasSize(500)
                .startsWith(camera + "-1");
        List<Frame> told = client.inbox().awaitCount(501, frame -> frame.is("detection"));
        for (int i = 0; i <= 500; i++) {
            assertThat(told.get(i).data().getString("id")).isEqualTo(camera + "-" + i);
        }
    }

    @Test
    @DisplayName("what is stored can be asked for by camera, time, risk and kind, page by page")
    void canBeAskedFor() {
        String[] levels = {"low", "medium", "high", "critical"};
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            events.append(event(camera + "-" + i, camera, i * 5, levels[i % 4])).append('\n');
        }
        postLines(server, "api/events", events.toString(), 201);
        server.post("api/detections", detection(camera, camera), 201);

        String all = "api/events?limit=6&camera_id=" + camera;
        List<String> ids = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonObject page = Server.json(server.get(all + cursor, 200));
            ids.addAll(ids(page));
            String next = page.getString("next_cursor", null);
            cursor = next == null ? null : "&cursor=" + next;
        }
        assertThat(ids).hasSize(20).doesNotHaveDuplicates();
        assertThat(ids(asked("events", "&risk_level=critical"))).hasSize(5);
        assertThat(ids(asked("events", "&min_risk_score=90"))).hasSize(2);
        assertThat(ids(asked("events", "&until=2020-01-01T00:00:00Z"))).isEmpty();
        assertThat(ids(asked("events", "&since=2020-01-01T00:00:00Z"))).hasSize(20);
        assertThat(ids(asked("detections", "&object_type=person&min_confidence=0.5")))
                .containsExactly(camera);
        assertThat(ids(asked("detections", "&object_type=dog"))).isEmpty();
        for (String wrong : List.of(
                "risk_level=x", "min_risk_score=101", "since=yesterday", "limit=0", "cursor=x", "min_risk_score=NaN")) {
            assertThat(field(server.get("api/events?" + wrong, 400))).isEqualTo(wrong.substring(0, wrong.indexOf('=')));
        }
    }

    @ParameterizedTest(name = "{displayName}: {0} {1}")
    @DisplayName("what cannot be is refused, with the field named")
    @CsvSource(
            delimiter = ';',
            value = {
                "id;          ''",
                "id;          'a b'",
                "camera_id;   'nobody'",
                "camera_id;   null",
                "camera_id;   ''",
                "risk_score;  101",
                "risk_score;  -1",
                "risk_score;  NaN",
                "risk_score;  1.5",
                "risk_score;  1e999",
                "risk_score;  99999999999999999999",
                "risk_score;  'high'",
                "risk_level;  'HIGH'",
                "risk_level;  null",
                "summary;     ''",
                "summary;     {}",
                "reasoning;   17",
                "started_at;  'today'",
                "started_at;  '2999-01-01T00:00:00Z'",
                "ended_at;    '1999-01-01T00:00:00Z'",
                "ended_at;    '2999-01-01T00:00:00Z'",
            },
            quoteCharacter = '`')
    void refusesEvents(String field, String value) {
        String wrong = with(event(camera, camera, 30, "medium"), field, value);
        String answer = server.post("api/events", wrong, 400);

        assertThat(field(answer)).isEqualTo(field);
        assertThat(field(postLines(server, "api/events", event("ok" + camera, camera, 30, "low") + "\n" + wrong, 400)))
                .isEqualTo("[1]." + field);
        assertThat(ids(asked("events", ""))).isEmpty();
    }

    @ParameterizedTest(name = "{displayName}: {0} {1}")
    @DisplayName("a detection that cannot be is refused, with the field named")
    @CsvSource(
            delimiter = ';',
            value = {
                "confidence;   NaN",
                "confidence;   1.01",
                "confidence;   -Infinity",
                "confidence;   null",
                "object_type;  ' '",
                "detected_at;  '2999-01-01T00:00:00Z'",
                "bbox_width;   -1",
                "bbox_height;  -0.5",
                "bbox_x;       null",
                "bbox_y;       1e9",
                "camera_id;    'nobody'",
            },
            quoteCharacter = '`')
    void refusesDetections(String field, String value) {
        String answer = server.post("api/detections", with(detection(camera, camera), field, value), 400);

        assertThat(field(answer)).isEqualTo(field);
        assertThat(ids(asked("detections", ""))).isEmpty();
    }

    @Test
    @DisplayName("an id is taken once, and a batch with one that is taken is refused as a whole")
    void refusesDuplicates() {
        server.post("api/events", event(camera, camera, 30, "low"), 201);

        assertThat(field(server.post("api/events", event(camera, camera, 31, "low"), 409)))
                .isEqualTo("id");
        String batch = event("other" + camera, camera, 30, "low") + "\n" + event(camera, camera, 30, "low");
        assertThat(field(postLines(server, "api/events", batch, 409))).isEqualTo("[1].id");
        assertThat(ids(asked("events", ""))).containsExactly(camera);
    }

    @Test
    @DisplayName("what is too large is refused with 413, and a text that is too long with its field")
    void refusesTooMuch() {
        String large = with(event(camera, camera, 1, "low"), "reasoning", "'" + "x".repeat(10_000_000) + "'");
        server.post("api/events", large, 413);
        String tooLong = with(event(camera, camera, 1, "low"), "reasoning", "'" + "x".repeat(32_769) + "'");
        assertThat(field(server.post("api/events", tooLong, 400))).isEqualTo("reasoning");
        postLines(server, "api/events", "{}\n".repeat(10_001), 413);
        assertThat(field(postLines(server, "api/events", "\n\n", 400))).isEqualTo("body");
        assertThat(field(server.post("api/events", "[]", 400))).isEqualTo("body");
        assertThat(ids(asked("events", ""))).isEmpty();
    }

    @Test
    @DisplayName("a request that is repeated with its key is taken once, and another one with that key is refused")
    void idempotent() {
        String body = detection(null, camera);
        String first = post("api/detections", body, 201, "Idempotency-Key", camera);
        assertThat(post("api/detections", body, 201, "Idempotency-Key", camera)).isEqualTo(first);
        post("api/detections", detection(null, camera).replace("person", "dog"), 409, "Idempotency-Key", camera);
        post("api/detections", body, 400, "Idempotency-Key", "x".repeat(201));

        assertThat(ids(asked("detections", ""))).hasSize(1);
    }

    @Test
    @DisplayName("events of high and critical risk raise alerts, which an operator acknowledges")
    void raisesAlerts() {
        ConsoleClient client = server.subscriber("alerts");
        server.post("api/events", event("a" + camera, camera, 30, "medium"), 201);
        server.post("api/events", event("b" + camera, camera, 90, "critical"), 201);

        JsonObject alert = client.await(alertOf(camera)).data();
        assertThat(alert.getString("severity")).isEqualTo("critical");
        assertThat(alert.getString("detail")).isEqualTo("somebody is there");
        assertThat(client.inbox().all(alertOf(camera))).hasSize(1);
        String id = alert.getString("id");
        assertThat(ids(Server.json(server.get("api/alerts", 200)))).contains(id);
        server.post("api/alerts/none/acknowledge", "", 404);

        JsonObject acknowledged = Server.json(server.post("api/alerts/" + id + "/acknowledge", "", 200));

        assertThat(acknowledged.getString("acknowledged_by")).isEqualTo("local");
        assertThat(acknowledged).containsKey("acknowledged_at").containsKey("resolved_at");
        client.await(alertOf(camera).and(frame -> frame.data().equals(acknowledged)));
        assertThat(ids(Server.json(server.get("api/alerts", 200)))).doesNotContain(id);
        assertThat(Server.json(server.get("api/alerts?state=all&limit=1", 200))
                        .getJsonArray("items")
                        .getJsonObject(0))
                .isEqualTo(acknowledged);
        assertThat(Server.json(server.post("api/alerts/" + id + "/acknowledge", "", 200)))
                .isEqualTo(acknowledged);
        assertThat(field(server.get("api/alerts?state=x", 400))).isEqualTo("state");
    }

    @Test
    @DisplayName("C9.4 a camera is told when its state changes, and goes offline by itself when it stops reporting")
    void watchesCameras() {
        ConsoleClient client = server.connect("ws/system");
        String yard = "yard-" + camera;
        put(yard, "{\"name\":\"Yard\"}", 200);
        assertThat(client.await(state(yard, "offline")).data().get("last_seen_at"))
                .isEqualTo(JsonObject.NULL);

        server.post("api/cameras/" + yard + "/heartbeat", "", 200);
        server.post("api/cameras/" + yard + "/heartbeat", "", 200);
        client.await(state(yard, "online"));
        put(yard, "{\"status\":\"error\"}", 200);
        client.await(state(yard, "error"));

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> client.inbox().all(state(yard, "offline")).size() == 2);
        assertThat(client.sync()
                        .inbox()
                        .all(frame -> frame.is("camera_status")
                                && frame.data().getString("camera_id").equals(yard)))
                .extracting(frame -> frame.data().getString("status"))
                .containsExactly("offline", "online", "error", "offline");
        JsonObject known = Server.json(server.get("api/cameras/" + yard, 200));
        assertThat(known.getString("name")).isEqualTo("Yard");
        assertThat(known.getString("status")).isEqualTo("offline");
        assertThat(server.get("api/cameras", 200)).contains(yard).contains(camera);
    }

    @Test
    @DisplayName("a camera with a name or state that cannot be is refused, with the field named")
    void refusesCameras() {
        assertThat(field(put("a%20b", "{}", 400))).isEqualTo("camera_id");
        assertThat(field(put(camera, "{\"status\":\"on\"}", 400))).isEqualTo("status");
        assertThat(field(put(camera, "{\"name\":1}", 400))).isEqualTo("name");
        assertThat(field(put(camera, "[]", 400))).isEqualTo("body");
        assertThat(field(server.post("api/cameras/a%20b/heartbeat", "", 400))).isEqualTo("camera_id");
        server.get("api/cameras/none", 404);
    }

    @Test
    @DisplayName("C9.3 a pipeline's samples of GPUs go out at once; where this machine has none, its status says so")
    void takesGpuSamples() {
        ConsoleClient client = server.connect("ws/system");
        server.post("api/system/gpu", "{\"gpu_index\":250,\"inference_fps\":12.5}", 204);
        Frame told = client.await(frame -> frame.is("gpu_stats") && frame.data().getInt("gpu_index") == 250);
        assertThat(told.data().get("temperature")).isEqualTo(JsonObject.NULL);
        for (String wrong : List.of(
                "gpu_index;256",
                "inference_fps;-1",
                "inference_fps;NaN",
                "temperature;151",
                "recorded_at;'2999-01-01T00:00:00Z'")) {
            String field = wrong.substring(0, wrong.indexOf(';'));
            String value = wrong.substring(wrong.indexOf(';') + 1);
            assertThat(field(server.post("api/system/gpu", with("{\"inference_fps\":1}", field, value), 400)))
                    .isEqualTo(field);
        }
        assertThat(field(server.post("api/system/gpu", "{}", 400))).isEqualTo("inference_fps");

        JsonObject gpu = Server.json(server.get("api/system", 200)).getJsonArray("components").stream()
                .map(component -> (JsonObject) component)
                .filter(component -> component.getString("name").equals("gpu"))
                .findFirst()
                .orElseThrow();
        assertThat(gpu.getString("status")).isEqualTo("ok");
        assertThat(gpu.getString("details")).isNotEmpty();
    }

    /** An event that began a second ago and goes on. */
    static String event(String id, String camera, int riskScore, String riskLevel) {
        return "{\"id\":\"" + id + "\",\"camera_id\":\"" + camera + "\",\"risk_score\":" + riskScore
                + ",\"risk_level\":\"" + riskLevel + "\",\"summary\":\"somebody is there\",\"started_at\":\""
                + Instant.now().minusSeconds(1) + "\"}";
    }

    /** @param id null to have the server choose one */
    static String detection(String id, String camera) {
        return "{" + (id == null ? "" : "\"id\":\"" + id + "\",") + "\"camera_id\":\"" + camera
                + "\",\"object_type\":\"person\",\"confidence\":0.75,\"detected_at\":\"2026-01-02T03:04:05.678Z\","
                + "\"bbox_x\":-1,\"bbox_y\":2,\"bbox_width\":30,\"bbox_height\":40.0}";
    }

    static String postLines(Server server, String path, String lines, int status) {
        return server.send("POST", path, NDJSON, lines, status);
    }

    private String post(String path, String body, int status, String... headers) {
        return server.send("POST", path, "application/json", body, status, headers);
    }

    private String put(String id, String body, int status) {
        return server.send("PUT", "api/cameras/" + id, "application/json", body, status);
    }

    /** The same object with another value of a field, single quotes for double ones. */
    private static String with(String object, String field, String value) {
        String name = "\"" + field + "\":";
        String without =
                object.replaceAll(",?" + name + "(\"[^\"]*\"|[^,}]*)", "").replace("{,", "{");
        String more = name + value.strip().replace('\'', '"');
        return without.equals("{}") ? "{" + more + "}" : without.substring(0, without.length() - 1) + "," + more + "}";
    }

    private JsonObject asked(String what, String more) {
        return Server.json(server.get("api/" + what + "?limit=1000&camera_id=" + camera + more, 200));
    }

    private static List<String> ids(JsonObject page) {
        return page.getJsonArray("items").getValuesAs((JsonObject item) -> item.getString("id"));
    }

    private static String field(String problem) {
        return Server.json(problem).getString("field");
    }

    private static Predicate<Frame> alertOf(String camera) {
        return frame -> frame.is("alert") && frame.data().getString("source").equals("camera:" + camera);
    }

    private static Predicate<Frame> state(String camera, String status) {
        return frame -> frame.is("camera_status")
                && frame.data().getString("camera_id").equals(camera)
                && frame.data().getString("status").equals(status);
    }
}
