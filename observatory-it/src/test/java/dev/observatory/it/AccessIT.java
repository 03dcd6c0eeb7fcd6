package dev.observatory.it;

import static dev.observatory.it.GuardedServer.ORIGIN;
import static dev.observatory.it.GuardedServer.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import dev.observatory.it.client.RawWebSocket;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, on a server that asks for tokens. */
class AccessIT {

    @RegisterExtension
    final GuardedServer guarded = new GuardedServer();

    private static String narrowed(String user, String claim, String... patterns) {
        return TOKENS.token(
                user,
                Duration.ofHours(1),
                more -> more.add("scope", "read publish").add(claim, Json.createArrayBuilder(List.of(patterns))));
    }

    @ParameterizedTest(name = "{displayName}: {0} {1}: none {2}, read {3}, publish {4}, admin {5}")
    @DisplayName("a server that asks for tokens gives everybody what his roles allow, and nobody anything without one")
    @CsvSource({
        "GET, api/status, 401, 200, 403, 200",
        "GET, api/projects, 401, 200, 403, 200",
        "GET, api/conversations, 401, 200, 403, 200",
        "GET, api/search?q=x, 401, 200, 403, 200",
        "GET, api/totals, 401, 200, 403, 200",
        "GET, api/metrics, 401, 200, 403, 200",
        "GET, api/health, 401, 200, 403, 200",
        "GET, api/health/live, 200, 200, 200, 200",
        "GET, api/connections, 401, 403, 403, 200",
        "DELETE, api/connections/none, 401, 403, 403, 404",
        "GET, api/drain, 401, 403, 403, 200",
        "POST, api/tickets, 401, 201, 403, 201",
        "POST, api/broadcast, 401, 403, 400, 400",
        "POST, api/hooks/claude-code, 401, 403, 400, 400",
        "GET, api/nothing, 401, 404, 404, 404",
        "GET, '', 200, 200, 200, 200",
        "GET, assets/main.js, 200, 200, 200, 200",
        "GET, asyncapi.yaml, 200, 200, 200, 200",
    })
    void roles(String method, String path, int none, int read, int publish, int admin) {
        assertThat(guarded.server()
                        .request(method, path, "Content-Type", "application/json")
                        .statusCode())
                .as("none")
                .isEqualTo(none);
        assertThat(as("read")
                        .request(method, path, "Content-Type", "application/json")
                        .statusCode())
                .as("read")
                .isEqualTo(read);
        assertThat(as("publish")
                        .request(method, path, "Content-Type", "application/json")
                        .statusCode())
                .as("publish")
                .isEqualTo(publish);
        assertThat(as("admin")
                        .request(method, path, "Content-Type", "application/json")
                        .statusCode())
                .as("admin")
                .isEqualTo(admin);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("no way of writing a path gets past the question for a token")
    @ValueSource(
            strings = {
                "/assets/../api/status",
                "/assets/..;/api/status",
                "/assets/%2e%2e/api/status",
                "/assets/..%2fapi/status",
                "/assets/main.js/../../api/status",
                "/assets/main.js;/../../api/status",
                "//api/status",
                "/./api/status",
                "/API/status",
                "/api/status;x=/assets/main.js",
                "/index.html/../ws",
                "/WEB-INF/web.xml",
            })
    void paths(String path) {
        assertThat(guarded.handshake(path).status()).isBetween(300, 499);
    }

    private Server as(String role) {
        return guarded.as(TOKENS.token("r-" + role, role));
    }

    @Test
    @DisplayName("a WebSocket needs the role read: without, its handshake is refused with 403")
    void needsRead() throws IOException {
        RawWebSocket refused = guarded.handshakeWith(TOKENS.token("pub", "publish"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("www-authenticate")).contains("insufficient_scope");
        assertThat(Server.json(refused.body()).getString("detail")).isEqualTo("the role read is needed");
    }

    @Test
    @DisplayName("the channels of a token narrow what can be subscribed to")
    void channels() {
        ConsoleClient client = guarded.connect(narrowed("ann", "channels", "topic:build-*", "user:*"), "");

        assertThat(client.await("connection_established").data().getJsonArray("subscriptions"))
                .isEmpty();
        client.send("{\"type\":\"subscribe\",\"data\":{\"channels\":[\"topic:build-1\",\"alerts\",\"user:bob\"]}}");
        JsonObject answer = client.await("subscribed").data();
        assertThat(answer.getJsonArray("channels")).hasToString("[\"topic:build-1\"]");
        assertThat(answer.getJsonArray("refused"))
                .extracting(refused -> refused.asJsonObject().getString("code"))
                .containsExactly("forbidden_channel", "forbidden_channel");
    }

    @Test
    @DisplayName("who may see one project learns nothing of another, by WebSocket and REST alike")
    void projects() {
        Server all = as("read");
        AgentFiles shop = guarded.agent("/home/ada/shop-" + UUID.randomUUID());
        AgentFiles bank = guarded.agent("/home/ada/bank-" + UUID.randomUUID());
        shop.append(shop.prompt("sell the zebra")).append(shop.answer("sold"));
        bank.append(bank.prompt("rob the zebra")).append(bank.answer("robbed"));
        String shopId = projectOf(all, shop);
        String bankId = projectOf(all, bank);
        String token = narrowed("ann", "projects", shopId);
        Server some = guarded.as(token);

        ConsoleClient client = guarded.connect(token, "");
        shop.append(shop.prompt("one more"));
        bank.append(bank.prompt("one more"));
        Frame update = client.await(frame -> frame.is("conversation_update"));
        ConsoleClient other = guarded.connect(TOKENS.token("bob", "read"), "?channels=conversation:" + bank.id());
        bank.append(bank.prompt("and another"));
        other.await(frame -> frame.is("conversation_update"));

        assertThat(update.channel()).isEqualTo("conversation:" + shop.id());
        client.sync();
        assertThat(client.inbox().all())
                .allSatisfy(frame -> assertThat(frame.json().toString()).doesNotContain(bank.id(), bankId, "bank-"));
        assertThat(client.await("connection_established").data().getJsonArray("refused"))
                .extracting(refused -> refused.asJsonObject().getString("channel"))
                .containsExactly("file_events");
        Awaitility.await().untilAsserted(() -> assertThat(found(all, "zebra")).isEqualTo(2));
        for (String path : List.of(
                "api/projects",
                "api/conversations",
                "api/search?q=zebra",
                "api/totals?by=project",
                "api/totals",
                "api/status")) {
            assertThat(some.get(path, 200)).as(path).doesNotContain(bank.id(), bankId, "bank-", "rob");
        }
        assertThat(total(some, "api/projects")).isEqualTo(1);
        assertThat(total(some, "api/conversations")).isEqualTo(1);
        assertThat(found(some, "zebra")).isEqualTo(1);
        for (String path : List.of("", "/records", "/details", "/export")) {
            assertThat(some.get("api/conversations/" + shop.id() + path, 200)).isNotBlank();
            assertThat(some.get("api/conversations/" + bank.id() + path, 404).replace(bank.id(), "ID"))
                    .isEqualTo(some.get("api/conversations/nobody" + path, 404).replace("nobody", "ID"));
        }
        client.send("{\"type\":\"subscribe\",\"data\":{\"channels\":[\"conversation:" + bank.id()
                + "\",\"conversation:nobody\",\"project:" + bankId + "\"]}}");
        List<JsonObject> refused = client.await("subscribed").data().getJsonArray("refused").stream()
                .map(JsonValue::asJsonObject)
                .toList();
        assertThat(refused).hasSize(3);
        assertThat(refused.get(0).getString("message")).isEqualTo(refused.get(1).getString("message"));
    }

    private static String projectOf(Server server, AgentFiles agent) {
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> server.get("api/conversations/" + agent.id(), 200).contains("project_id"));
        return Server.json(server.get("api/conversations/" + agent.id(), 200)).getString("project_id");
    }

    private static int total(Server server, String path) {
        return Server.json(server.get(path, 200)).getInt("total");
    }

    private static int found(Server server, String text) {
        return total(server, "api/search?q=" + text);
    }

    @Test
    @DisplayName("pages of other origins are refused with 403, the listed one's may ask, and read the answers")
    void origins() {
        String token = TOKENS.token("ann", "read");
        String authorization = "Authorization: Bearer " + token;

        assertThat(guarded.handshake("/ws", authorization, "Origin: https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(guarded.handshake("/ws", authorization, "Origin: http://localhost")
                        .status())
                .isEqualTo(403);
        assertThat(guarded.handshake("/ws", authorization, "Origin: " + ORIGIN).status())
                .isEqualTo(101);
        HttpResponse<String> foreign = guarded.as(token).request("GET", "api/status", "Origin", "https://evil.example");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.headers().firstValue("access-control-allow-origin")).isEmpty();
        HttpResponse<String> listed = guarded.as(token).request("GET", "api/status", "Origin", ORIGIN);
        assertThat(listed.statusCode()).isEqualTo(200);
        assertThat(listed.headers().firstValue("access-control-allow-origin")).contains(ORIGIN);
        assertThat(listed.headers().firstValue("access-control-allow-credentials"))
                .isEmpty();
        HttpResponse<String> preflight = guarded.server()
                .request("OPTIONS", "api/status", "Origin", ORIGIN, "Access-Control-Request-Method", "GET");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight
                        .headers()
                        .firstValue("access-control-allow-headers")
                        .orElse(""))
                .contains("Authorization");
        assertThat(guarded.server()
                        .request(
                                "OPTIONS",
                                "api/status",
                                "Origin",
                                "https://evil.example",
                                "Access-Control-Request-Method",
                                "GET")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("a ticket is good for one handshake and nothing else, and the oldest of too many are void")
    void tickets() {
        Server ann = guarded.as(TOKENS.token("ann-" + UUID.randomUUID(), "read"));
        String ticket = Server.json(ann.post("api/tickets", "", 201)).getString("ticket");

        assertThat(guarded.server().fetch("api/status?ticket=" + ticket).statusCode())
                .isEqualTo(401);
        assertThat(guarded.handshake("/ws?ticket=" + ticket).status()).isEqualTo(101);
        assertThat(guarded.handshake("/ws?ticket=" + ticket).status()).isEqualTo(401);
        String old = Server.json(ann.post("api/tickets", "", 201)).getString("ticket");
        for (int i = 0; i < 5; i++) {
            ann.post("api/tickets", "", 201);
        }
        assertThat(guarded.handshake("/ws?ticket=" + old).status()).isEqualTo(401);
        String other = Server.json(ann.post("api/tickets", "", 201)).getString("ticket");
        assertThat(guarded.handshake("/api/status?ticket=" + other).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("a token with fewer rights ends the subscriptions that it does not include")
    void fewerRights() {
        ConsoleClient client = guarded.connect(TOKENS.token("ann", "read"), "?channels=alerts,topic:a");

        client.send(
                "{\"type\":\"authenticate\",\"data\":{\"token\":\"" + narrowed("ann", "channels", "topic:*") + "\"}}");

        assertThat(client.await("unsubscribed").data().getJsonArray("channels")).hasToString("[\"alerts\"]");
        client.sync();
        assertThat(guarded.connectionOf("ann").getJsonArray("subscriptions")).hasToString("[\"topic:a\"]");
    }

    @Test
    @DisplayName("operators see every connection, and end one for good with 4503")
    void operators() {
        String user = "ann-" + UUID.randomUUID();
        ConsoleClient client = guarded.connect(TOKENS.token(user, "read"), "?channels=topic:a");
        ConsoleClient bystander = guarded.connect(TOKENS.token("bob", "read"), "?channels=topic:a");
        as("publish").post("api/broadcast", "{\"channel\":\"topic:a\",\"type\":\"note\",\"data\":{}}", 200);
        client.await("note");

        JsonObject report = Awaitility.await()
                .until(
                        () -> guarded.connectionOf(user),
                        seen -> seen.containsKey("round_trip_ms")
                                && !seen.getJsonObject("last_seq").isEmpty());

        assertThat(report.getString("id")).isEqualTo(client.id());
        assertThat(report.getString("user")).isEqualTo(user);
        assertThat(report.getString("endpoint")).isEqualTo("/ws");
        assertThat(report.getString("subprotocol")).isEqualTo("observatory.v1");
        assertThat(report.getString("address")).matches("127\\.0\\.0\\.1|0:0:0:0:0:0:0:1|::1");
        assertThat(report.getString("since")).isNotBlank();
        assertThat(report.getString("token_expires_at")).isNotBlank();
        assertThat(report.getJsonArray("subscriptions")).hasToString("[\"topic:a\"]");
        assertThat(report.getInt("queued_messages")).isZero();
        assertThat(report.getInt("queued_bytes")).isZero();
        assertThat(report.getInt("queue_age_ms")).isZero();
        assertThat(report.getJsonObject("last_seq").getInt("topic:a")).isPositive();

        assertThat(as("admin")
                        .request("DELETE", "api/connections/" + client.id())
                        .statusCode())
                .isEqualTo(204);

        assertThat(client.inbox().awaitEnd()).isEqualTo("4503 kicked");
        assertThat(bystander.sync().isOpen()).isTrue();
        assertThat(as("admin")
                        .request("DELETE", "api/connections/" + client.id())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("operators drain a node, and take it back")
    void drain() {
        ConsoleClient client = guarded.connect(TOKENS.token("ann", "read"), "?channels=topic:a");

        assertThat(as("admin").request("PUT", "api/drain").statusCode()).isEqualTo(204);

        client.await("draining");
        assertThat(client.inbox().awaitEnd()).startsWith("4000 shutdown retry_after_ms=");
        assertThat(guarded.handshakeWith(TOKENS.token("ann", "read")).status()).isEqualTo(503);
        assertThat(as("admin").get("api/drain", 200)).contains("\"draining\":true");
        assertThat(as("admin").request("DELETE", "api/drain").statusCode()).isEqualTo(204);
        assertThat(as("admin").get("api/drain", 200)).contains("\"draining\":false");
        assertThat(guarded.handshakeWith(TOKENS.token("ann", "read")).status()).isEqualTo(101);
    }

    @Test
    @DisplayName("refusals, publications, kicks and drains are each a line of the audit log, without secrets")
    void audit() {
        String user = "ann-" + UUID.randomUUID();
        String token = TOKENS.token(user, "read", "publish");
        ConsoleClient client = guarded.connect(token, "?channels=topic:audited,user:somebody-else");
        guarded.as(token)
                .post("api/broadcast", "{\"channel\":\"topic:audited\",\"type\":\"note\",\"data\":{\"s\":1}}", 200);
        guarded.as(token + "x").request("GET", "api/status/audited");
        guarded.as(token).request("GET", "api/connections");
        guarded.server().fetch("api/audited?ticket=a-secret-ticket");
        as("admin").request("DELETE", "api/connections/" + client.id());
        client.inbox().awaitEnd();

        Awaitility.await()
                .untilAsserted(() -> assertThat(guarded.log())
                        .contains("published by=" + user + " type=note channel=topic:audited seq=1 ")
                        .contains("path=/api/status/audited reason=\"the signature of the token is wrong\"")
                        .contains("refused status=403 user=" + user)
                        .contains("refused what=channels connection=" + client.id() + " user=" + user)
                        .contains("path=/api/audited reason=\"a token is needed")
                        .contains("kicked by=r-admin connection=" + client.id() + " user=" + user));
        assertThat(guarded.log()).doesNotContain(token, "a-secret-ticket");
    }
}
