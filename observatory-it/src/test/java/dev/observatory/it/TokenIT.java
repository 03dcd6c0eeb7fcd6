package dev.observatory.it;

import static dev.observatory.it.GuardedServer.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import dev.observatory.it.client.RawWebSocket;
import dev.observatory.it.client.TokenMaker;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connections with tokens, on a server that asks for them. */
class TokenIT {

    /** Long enough to connect with and to speak. */
    private static final Duration LIFE = Duration.ofMillis(2_500);

    private static final Duration LONGEST_LIFE = Duration.ofSeconds(15);

    @RegisterExtension
    final GuardedServer guarded = new GuardedServer();

    /** That nobody is connected is seen to by the server itself; here, that nothing has failed in it. */
    @AfterEach
    void isUnharmed() {
        assertThat(guarded.server().get("api/health/live", 200)).contains("ok");
    }

    @Test
    @DisplayName("K3.1 a valid token opens the connection: in a header, as a sub-protocol that is not echoed, or by a"
            + " ticket")
    void opens() throws IOException {
        String token = TOKENS.token("ann", "read");

        RawWebSocket header = guarded.handshakeWith(token);
        ConsoleClient subprotocol = guarded.connect(token, "");
        String ticket =
                Server.json(guarded.as(token).post("api/tickets", "", 201)).getString("ticket");
        ConsoleClient ticketed = guarded.open("/ws?ticket=" + ticket, "observatory.v1");

        assertThat(header.status()).isEqualTo(101);
        assertThat(header.readText("connection_established").text()).contains("\"user\":\"ann\"");
        assertThat(header.header("sec-websocket-protocol")).isNull();
        for (ConsoleClient client : new ConsoleClient[] {subprotocol, ticketed}) {
            JsonObject established = client.await("connection_established").data();
            assertThat(established.getString("user")).isEqualTo("ann");
            assertThat(established.getString("subprotocol")).isEqualTo("observatory.v1");
            assertThat(established.getString("token_expires_at")).isNotBlank();
            assertThat(client.subprotocol()).isEqualTo("observatory.v1");
            assertThat(client.handshakeHeaders().toString()).doesNotContain("bearer");
        }
    }

    @FailureCases(9)
    @Test
    @DisplayName("K3.2 an invalid token is refused during the handshake, with the reason, and so is none")
    void refuses() throws IOException {
        String good = TOKENS.token("ann", "read");
        String claims = "{\"sub\":\"ann\",\"exp\":4102444800,\"groups\":[\"read\"]}";
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("x", "this is no signed JWT in compact form");
        String other = TOKENS.token("bob", "admin");
        bad.put(
                other.substring(0, other.lastIndexOf('.')) + good.substring(good.lastIndexOf('.')),
                "the signature of the token is wrong");
        bad.put(
                new TokenMaker("another secret, which has more than thirty-two bytes, too").token("ann", "read"),
                "the signature of the token is wrong");
        bad.put(TOKENS.signed("{\"alg\":\"none\"}", claims), "the token is not signed");
        bad.put(
                TOKENS.signed("{\"alg\":\"RS256\"}", claims),
                "the token is signed with an algorithm that is not allowed");
        bad.put(TOKENS.signed("{\"alg\":\"HS256\"}", "{\"sub\":\"ann\"}"), "the token has no expiry");
        bad.put(
                TOKENS.token("ann", Duration.ofHours(1), more -> more.add("nbf", 4102444800L)),
                "the token is not valid yet");
        for (Map.Entry<String, String> each : bad.entrySet()) {
            RawWebSocket refused = guarded.handshakeWith(each.getKey());
            assertRefusal(refused, each.getValue());
            assertThat(refused.header("www-authenticate")).contains("error=\"invalid_token\"");
            RawWebSocket offered =
                    guarded.handshake("/ws", "Sec-WebSocket-Protocol: observatory.v1, bearer." + each.getKey());
            assertRefusal(offered, each.getValue());
        }
        assertRefusal(guarded.handshake("/ws"), "a token is needed");
        assertRefusal(guarded.handshake("/ws?ticket=nobody-made-it"), "there is no such ticket");
        assertThat(guarded.handshakeWith(good).status()).isEqualTo(101);
    }

    @FailureCases
    @Test
    @DisplayName("K3.3 an expired token is refused during the handshake")
    void refusesExpiredOnes() throws IOException {
        String expired = TOKENS.token(
                "ann",
                Duration.ofSeconds(-1),
                more -> more.add("groups", Json.createArrayBuilder().add("read")));

        assertRefusal(guarded.handshakeWith(expired), "the token has expired");
    }

    @FailureCases(4)
    @Test
    @DisplayName(
            "K3.3 K3.4 a token that expires during the connection ends it with 4001, announced beforehand, unless it"
                    + " is refreshed by the same user; one that is refused changes nothing")
    void endsUnlessRefreshed() {
        Shown shown = null;
        for (Duration life = LIFE; shown == null; life = life.multipliedBy(2)) {
            shown = shown(life);
        }

        assertThat(shown.authenticated().data().getString("user")).isEqualTo("ann");
        assertThat(shown.refusals())
                .extracting(frame -> frame.data().getString("code"))
                .containsOnlyOnce("missing_field")
                .containsAnyOf("other_user", "rate_limited");
        assertThat(shown.unchanged().await("token_expiring").data().getString("expires_at"))
                .isEqualTo(
                        shown.unchanged().await("connection_established").data().getString("token_expires_at"));
        assertThat(shown.unchanged().inbox().awaitEnd()).isEqualTo("4001 token_expired");
        assertThat(shown.refreshed().sync().isOpen()).isTrue();
    }

    /** Two connections whose tokens end, one of which is shown a better one, and what is said to that. */
    private record Shown(ConsoleClient refreshed, ConsoleClient unchanged, Frame authenticated, List<Frame> refusals) {}

    /** Null where the tokens ended before all was said, as they can on a busy machine: then they are to live longer. */
    private Shown shown(Duration life) {
        long begin = System.nanoTime();
        try {
            ConsoleClient refreshed = guarded.connect(shortLived("ann", life), "?channels=alerts");
            ConsoleClient unchanged = guarded.connect(shortLived("ann", life), "?channels=alerts");

            refreshed.send(authenticate(TOKENS.token("ann", "read")));
            unchanged.send(authenticate(TOKENS.token("bob", "read")));
            unchanged.send(authenticate("x"));
            unchanged.send("{\"type\":\"authenticate\",\"id\":1,\"data\":{}}");

            return new Shown(
                    refreshed,
                    unchanged,
                    refreshed.await("authenticated"),
                    unchanged.inbox().awaitCount(3, frame -> frame.is("error")));
        } catch (AssertionError | RuntimeException e) {
            if (System.nanoTime() - begin < life.toNanos() || life.compareTo(LONGEST_LIFE) > 0) {
                throw e;
            }
            return null;
        }
    }

    private static String shortLived(String user, Duration life) {
        return TOKENS.token(
                user, life, more -> more.add("groups", Json.createArrayBuilder().add("read")));
    }

    private static String authenticate(String token) {
        return "{\"type\":\"authenticate\",\"id\":1,\"data\":{\"token\":\"" + token + "\"}}";
    }

    private static void assertRefusal(RawWebSocket refused, String detail) throws IOException {
        assertThat(refused.status()).as(detail).isEqualTo(401);
        assertThat(refused.header("content-type")).startsWith("application/problem+json");
        JsonObject problem = Server.json(refused.body());
        assertThat(problem.getInt("status")).isEqualTo(401);
        assertThat(problem.getString("detail")).startsWith(detail);
    }
}
