package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.RawWebSocket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeIT extends ServerTest {

    private static final String DRAFT = "{\"type\":\"note\",\"channel\":\"topic:offers\",\"data\":1}";

    @Test
    @DisplayName("K1.1 K1.2 an HTTP request is upgraded, with the accept key that its own key demands")
    void upgrades() throws IOException {
        RawWebSocket raw = server.raw("ws");

        assertThat(raw.status()).isEqualTo(101);
        assertThat(raw.header("upgrade")).isEqualToIgnoringCase("websocket");
        assertThat(raw.header("connection")).containsIgnoringCase("upgrade");
        assertThat(raw.header("sec-websocket-accept")).isEqualTo(RawWebSocket.ACCEPT);
        assertThat(raw.header("sec-websocket-protocol")).isNull();
    }

    @Test
    @DisplayName("K1.2 the sub-protocol that both speak is chosen, unknown ones are passed over")
    void negotiatesTheSubprotocol() throws IOException {
        assertThat(server.raw("ws", "Sec-WebSocket-Protocol: chat, observatory.v1")
                        .header("sec-websocket-protocol"))
                .isEqualTo("observatory.v1");
        assertThat(server.raw("ws", "Sec-WebSocket-Protocol: chat").header("sec-websocket-protocol"))
                .isNull();
        assertThat(server.connect("ws", "observatory.v1")
                        .await("connection_established")
                        .data()
                        .getString("subprotocol"))
                .isEqualTo("observatory.v1");
    }

    @Test
    @DisplayName("K1.2 compression by the server stays off, also where a client offers it")
    void doesNotNegotiateCompression() throws IOException {
        assertThat(server.raw("ws", "Sec-WebSocket-Extensions: permessage-deflate")
                        .header("sec-websocket-extensions"))
                .isNull();
    }

    @Test
    @DisplayName("K1.3 K1.4 the client is open after the handshake and both directions work")
    void bothDirectionsWork() {
        ConsoleClient client = server.connect();

        assertThat(client.isOpen()).isTrue();
        client.send("{\"type\":\"ping\",\"id\":1,\"data\":{\"to\":\"and fro\"}}");
        assertThat(client.await("pong").data().getString("to")).isEqualTo("and fro");
    }

    @FailureCases(6)
    @ParameterizedTest
    @ValueSource(strings = {"wss", "ws/", "ws/nothing", "ws/events/more", "websocket", "ws%2f"})
    @DisplayName("C7.1 an unknown path is refused at the handshake with 404")
    void refusesUnknownPaths(String path) throws IOException {
        assertThat(server.raw(path).status()).isEqualTo(404);
    }

    @FailureCases(3)
    @ParameterizedTest
    @ValueSource(strings = {"channels=%zz", "channels=%", "channels=a|b"})
    @DisplayName("a query that is no part of an address is refused before the upgrade with 400")
    void refusesUnreadableQueries(String query) throws IOException {
        assertThat(server.rawQuery(query).status()).isEqualTo(400);
    }

    @FailureCases(3)
    @Test
    @DisplayName("a page of another origin, a foreign host name and a forwarded request are refused before the upgrade")
    void refusesStrangers() throws IOException {
        RawWebSocket foreignPage = server.raw("ws", "Origin: https://evil.example");
        assertThat(foreignPage.status()).isEqualTo(403);
        assertThat(foreignPage.header("content-type")).startsWith("application/problem+json");
        assertThat(foreignPage.body()).contains("\"status\":403").contains("origins");
        assertThat(server.raw("ws", "Host: rebound.example").status()).isEqualTo(403);
        assertThat(server.raw("ws", "X-Forwarded-For: 127.0.0.1").status()).isEqualTo(401);
        assertThat(server.raw("ws", "Origin: http://localhost:3000").status()).isEqualTo(101);
    }

    @Test
    @DisplayName("everything is served with a strict policy, and nothing is kept by browsers")
    void setsHeaders() throws IOException {
        RawWebSocket refused = server.raw("ws", "Origin: https://evil.example");
        assertThat(refused.header("content-security-policy")).contains("default-src 'self'");
        assertThat(refused.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(refused.header("cache-control")).isEqualTo("no-store");
    }

    @FailureCases
    @Test
    @DisplayName("a plain GET of the endpoint is answered with 404, and with no handshake")
    void needsAnUpgrade() {
        HttpResponse<String> answer = server.fetch("ws");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("sec-websocket-accept")).isEmpty();
    }

    @ParameterizedTest(name = "an offer to go over to HTTP/2 leaves requests with a body as they are: {0} {1}")
    @CsvSource({
        "api/broadcast, application/json, 200",
        "api/broadcast, text/plain, 415",
        "api/projects, application/json, 405",
        "api/nothing, application/json, 404"
    })
    void offersHttp2(String path, String type, int status) throws Exception {
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = offerHttp2(path, type, HttpRequest.BodyPublishers.ofString(DRAFT));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        }
    }

    @Test
    @DisplayName("an offer to go over to HTTP/2 with a body in chunks is answered, on Payara with a refusal")
    void offersHttp2InChunks() throws Exception {
        HttpResponse<String> answer = offerHttp2(
                "api/broadcast",
                "application/json",
                HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(DRAFT.getBytes(StandardCharsets.UTF_8))));

        if (answer.statusCode() != 200) {
            assertThat(answer.statusCode()).isEqualTo(501);
            assertThat(Server.json(answer.body()).getString("detail")).contains("Content-Length");
        }
    }

    /** As the JDK's client does with every request until it is taken up. */
    private HttpResponse<String> offerHttp2(String path, String type, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http" + server.socket(path).toString().substring("ws".length())))
                                .header("Content-Type", type)
                                .POST(body)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
