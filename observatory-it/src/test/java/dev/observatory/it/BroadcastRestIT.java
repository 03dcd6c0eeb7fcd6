package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BroadcastRestIT extends ServerTest {

    private static final String PATH = "api/broadcast";

    @Test
    @DisplayName("what is published reaches the topic's subscribers with the numbers that the publisher was told")
    void topic() {
        ConsoleClient inside = server.subscriber("topic:press");
        ConsoleClient outside = server.subscriber("topic:other");

        JsonObject told = Server.json(server.post(
                PATH,
                "{\"channel\":\"topic:press\",\"type\":\"headline\",\"data\":{\"n\":1.50,\"text\":\"ü😀\"}}",
                200));

        Frame message = inside.await("headline");
        assertThat(message.json().get("data").toString()).isEqualTo("{\"n\":1.50,\"text\":\"ü😀\"}");
        assertThat(told.keySet()).containsExactlyInAnyOrder("channel", "seq", "pos", "timestamp");
        assertThat(told.getString("channel")).isEqualTo("topic:press");
        assertThat(told.getJsonNumber("seq").longValue()).isEqualTo(message.seq());
        assertThat(told.getJsonNumber("pos").longValue()).isEqualTo(message.pos());
        assertThat(told.getString("timestamp")).isEqualTo(message.json().getString("timestamp"));
        assertThat(outside.sync().messages()).isEmpty();
    }

    @Test
    @DisplayName("K7.2 a message for a user reaches all connections of that user, ahead of others")
    void user() {
        List<ConsoleClient> clients = server.connect(3, "ws?channels=user:local");

        server.post(PATH, "{\"user\":\"local\",\"data\":\"hello\"}", 200);

        for (ConsoleClient client : clients) {
            Frame notice = client.await("notice");
            assertThat(notice.json().getString("data")).isEqualTo("hello");
            assertThat(notice.channel()).isEqualTo("user:local");
            assertThat(notice.json().getString("priority")).isEqualTo("high");
        }
    }

    @Test
    @DisplayName("an array is published in order, and answered with an array")
    void array() {
        ConsoleClient client = server.subscriber("topic:many");
        String body = IntStream.range(0, 1_000)
                .mapToObj(i -> "{\"channel\":\"topic:many\",\"type\":\"item\",\"data\":{\"n\":" + i + "}}")
                .toList()
                .toString();

        JsonArray told = array(server.post(PATH, body, 200));

        List<Frame> messages = client.inbox().awaitCount(1_000, Frame::isMessage);
        assertThat(told).hasSize(1_000);
        for (int i = 0; i < 1_000; i++) {
            assertThat(messages.get(i).data().getInt("n")).isEqualTo(i);
            assertThat(told.getJsonObject(i).getJsonNumber("pos").longValue())
                    .isEqualTo(messages.get(i).pos());
        }
    }

    @FailureCases
    @Test
    @DisplayName("if one of an array is wrong, nothing of it is published, and the field is named with its place")
    void allOrNothing() {
        ConsoleClient client = server.subscriber("topic:whole");

        JsonObject problem = Server.json(server.post(
                PATH,
                "[{\"channel\":\"topic:whole\",\"type\":\"x\",\"data\":1},{\"channel\":\"topic:whole\",\"type\":\"X\",\"data\":2}]",
                400));

        assertThat(problem.getString("field")).isEqualTo("[1].type");
        assertThat(client.sync().messages()).isEmpty();
    }

    @Test
    @DisplayName("the same idempotency key has the first answer again, also when all come at once, and one message")
    void idempotent() {
        ConsoleClient client = server.subscriber("topic:once");
        String body = "{\"channel\":\"topic:once\",\"type\":\"x\",\"data\":1,\"idempotency_key\":\"" + UUID.randomUUID()
                + "\"}";

        List<CompletableFuture<String>> answers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> server.post(PATH, body, 200)))
                .toList();

        assertThat(answers).extracting(CompletableFuture::join).containsOnly(server.post(PATH, body, 200));
        assertThat(client.sync().messages()).hasSize(1);
        server.post(PATH, body.replace("_key\":\"", "_key\":\"another"), 200);
        client.inbox().awaitCount(2, Frame::isMessage);
    }

    @FailureCases
    @Test
    @DisplayName("an idempotency key that was used for another message is refused with 409, with all that came with it")
    void reusesAKey() {
        ConsoleClient client = server.subscriber("topic:reused");
        String body = "{\"channel\":\"topic:reused\",\"type\":\"x\",\"data\":1,\"idempotency_key\":\""
                + UUID.randomUUID() + "\"}";
        server.post(PATH, body, 200);

        String other = body.replace("\"data\":1", "\"data\":2");
        assertThat(server.post(PATH, other, 409)).contains("was used for something else");
        server.post(PATH, "[" + body.replace("_key\":\"", "_key\":\"another") + "," + other + "]", 409);
        String fresh = body.replace("_key\":\"", "_key\":\"fresh");
        server.post(PATH, "[" + fresh + "," + fresh.replace("\"data\":1", "\"data\":2") + "]", 409);

        assertThat(client.sync().messages()).hasSize(1);
    }

    @FailureCases(5)
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"x\",\"data\":1}                                                   | channel",
                "{\"channel\":\"alerts\",\"type\":\"x\",\"data\":1}                            | channel",
                "{\"channel\":\"topic:a\",\"type\":\"x\",\"data\":1,\"priority\":\"high\"}     | priority",
                "{\"channel\":\"topic:a\",\"type\":\"x\",\"data\":1,\"keep_for\":\"soon\"}     | keep_for",
                "{\"channel\":\"topic:a\",\"type\":\"x\"}                                      | data",
                "nothing                                                                       | body",
            })
    @DisplayName("what cannot be published is refused with a problem that names the field")
    void refuses(String body, String field) {
        JsonObject problem = Server.json(server.post(PATH, body, 400));

        assertThat(problem.getString("field")).isEqualTo(field);
        assertThat(problem.getString("detail")).isNotBlank().doesNotContain("com.fasterxml");
    }

    @FailureCases(2)
    @Test
    @DisplayName("data of 1 MiB is published, more is refused with 413, as is a request of more than 8 MiB")
    void sizes() {
        ConsoleClient client = server.subscriber("topic:large");
        String most = "{\"channel\":\"topic:large\",\"type\":\"x\",\"data\":\"" + "x".repeat((1 << 20) - 2) + "\"}";

        server.post(PATH, most, 200);
        assertThat(client.await("x").json().getString("data")).hasSize((1 << 20) - 2);
        assertThat(Server.json(server.post(PATH, most.replace("xx\"}", "xxx\"}"), 413))
                        .getInt("status"))
                .isEqualTo(413);
        Server.json(server.post(PATH, "[" + " ".repeat(8 << 20) + "]", 413));
        assertThat(client.sync().messages()).hasSize(1);
    }

    @FailureCases
    @Test
    @DisplayName("other kinds of content are refused with 415")
    void otherContent() throws Exception {
        URI socket = server.socket(PATH);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http" + socket.toString().substring(2)))
                                .header("Content-Type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"user\":\"local\",\"data\":1}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(Server.json(answer.body()).getInt("status")).isEqualTo(415);
    }

    private static JsonArray array(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readArray();
        }
    }
}
