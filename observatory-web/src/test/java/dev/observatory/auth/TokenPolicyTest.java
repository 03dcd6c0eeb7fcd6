package dev.observatory.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.auth.Decision.Granted;
import dev.observatory.auth.token.Identity;
import dev.observatory.auth.token.NamePatterns;
import dev.observatory.auth.token.Role;
import dev.observatory.auth.token.TokenRefusal;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Where tokens are asked for, a request")
class TokenPolicyTest {

    private static final Identity ANN =
            new Identity("ann", Set.of(Role.READ), NamePatterns.ANY, NamePatterns.ANY, Optional.empty());

    private final Tickets tickets = new Tickets(Duration.ofSeconds(30), 100, Duration.ZERO, Clock.systemUTC());

    private Decision decide(FakeRequest request) {
        return decide(request, false);
    }

    private Decision decide(FakeRequest request, boolean publicHealth) {
        return new TokenPolicy(
                        token -> switch (token) {
                            case "good" -> ANN;
                            case "away" -> TokenRefusal.KEYS_UNAVAILABLE;
                            default -> TokenRefusal.BAD_SIGNATURE;
                        },
                        tickets,
                        publicHealth)
                .decide(request.build());
    }

    private static int status(Decision decision) {
        return decision instanceof HttpRefusal refusal ? refusal.status() : 200;
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("is let in with a good token in its header")
    @ValueSource(strings = {"Bearer good", "bearer good", "BEARER  good "})
    void takesTheHeader(String authorization) {
        assertThat(decide(FakeRequest.get("/api/status").header("Authorization", authorization)))
                .isEqualTo(new Granted(ANN));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("is let in with a good token among the sub-protocols of a handshake")
    @ValueSource(strings = {"observatory.v1, bearer.good", "bearer.good,observatory.v1", "bearer.good"})
    void takesTheSubprotocol(String protocols) {
        assertThat(decide(FakeRequest.handshake().header("Sec-WebSocket-Protocol", protocols)))
                .isEqualTo(new Granted(ANN));
    }

    @Test
    @DisplayName("is let in with a good token in a sub-protocol header of its own")
    void takesTheSecondSubprotocolHeader() {
        FakeRequest request = FakeRequest.handshake()
                .header("Sec-WebSocket-Protocol", "observatory.v1")
                .header("Sec-WebSocket-Protocol", "bearer.good");

        assertThat(decide(request)).isEqualTo(new Granted(ANN));
    }

    @Test
    @DisplayName("is let in with a ticket, once, and only to open a WebSocket")
    void takesATicket() {
        String ticket = tickets.issue(ANN).ticket();

        assertThat(status(decide(FakeRequest.get("/api/status").parameter("ticket", ticket))))
                .isEqualTo(401);
        assertThat(decide(FakeRequest.handshake().parameter("ticket", ticket))).isEqualTo(new Granted(ANN));
        assertThat(status(decide(FakeRequest.handshake().parameter("ticket", ticket))))
                .isEqualTo(401);
    }

    @ParameterizedTest(name = "{displayName}: {0} {1}")
    @DisplayName("that looks like a handshake and is none is let in by a header only")
    @CsvSource({
        "GET, /api/status",
        "POST, /api/tickets",
        "DELETE, /api/connections/x",
        "POST, /ws",
        "GET, /ws/../api/status",
        "GET, /ws;/../api/status",
        "GET, /WS",
        "GET, /%77s",
    })
    void isNoHandshake(String method, String path) {
        String ticket = tickets.issue(ANN).ticket();

        assertThat(status(decide(FakeRequest.get(path).upgrade().method(method).parameter("ticket", ticket))))
                .isEqualTo(401);
        assertThat(status(decide(FakeRequest.get(path)
                        .upgrade()
                        .method(method)
                        .header("Sec-WebSocket-Protocol", "bearer.good"))))
                .isEqualTo(401);
        assertThat(status(
                        decide(FakeRequest.get(path).upgrade().method(method).header("Authorization", "Bearer good"))))
                .isEqualTo(200);
    }

    @Test
    @DisplayName("with a bad token is refused, whatever else it has")
    void needsTheFirstToBeRight() {
        String ticket = tickets.issue(ANN).ticket();

        Decision decision = decide(FakeRequest.handshake()
                .header("Authorization", "Bearer bad")
                .header("Sec-WebSocket-Protocol", "bearer.good")
                .parameter("ticket", ticket));

        assertThat(status(decision)).isEqualTo(401);
        HttpRefusal refusal = (HttpRefusal) decision;
        assertThat(refusal.detail()).isEqualTo(TokenRefusal.BAD_SIGNATURE.description());
        assertThat(refusal.headers())
                .containsEntry(
                        "WWW-Authenticate",
                        "Bearer realm=\"observatory\", error=\"invalid_token\", error_description=\""
                                + TokenRefusal.BAD_SIGNATURE.description() + "\"");
    }

    @Test
    @DisplayName("whose token cannot be looked at now is told to come back")
    void tellsToComeBack() {
        Decision decision = decide(FakeRequest.get("/api/status").header("Authorization", "Bearer away"));

        assertThat(status(decision)).isEqualTo(503);
        assertThat(((HttpRefusal) decision).headers()).containsKey("Retry-After");
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("without a token is refused")
    @ValueSource(
            strings = {
                "/api/status",
                "/api",
                "/ws",
                "/ws/events",
                "/other",
                "//",
                "/assets/",
                "/assets/../api/status",
                "/assets/..;/api/status",
                "/assets/%2e%2e/api/status",
                "/assets/a.js/../../api/status",
                "/index.html/../api/status",
                "/index.html;/../api/status",
                "/WEB-INF/web.xml",
                "/api/health/live",
            })
    void isRefused(String path) {
        assertThat(status(decide(FakeRequest.get(path)))).isEqualTo(401);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("for the page and its files needs no token")
    @ValueSource(strings = {"/", "/index.html", "/asyncapi.yaml", "/assets/main.js", "/assets/observatory-client.js"})
    void isOpen(String path) {
        assertThat(decide(FakeRequest.get(path))).isEqualTo(new Granted(null));
    }

    @ParameterizedTest(name = "{displayName}: {0} gives {1}")
    @DisplayName("for health needs no token if that was set so")
    @CsvSource({
        "/api/health/live, 200",
        "/api/health/ready, 200",
        "/api/health/started, 200",
        "/api/health, 401",
        "/api/health/live/, 401",
        "/api/metrics, 401",
    })
    void isOpenForProbes(String path, int status) {
        assertThat(status(decide(FakeRequest.get(path), true))).isEqualTo(status);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("with something else for a token is refused")
    @ValueSource(strings = {"Basic Z29vZDpnb29k", "Bearer", "Bearer ", "good", "Bearer good good"})
    void isNoToken(String authorization) {
        assertThat(status(decide(FakeRequest.get("/api/status").header("Authorization", authorization))))
                .isEqualTo(401);
    }

    @Test
    @DisplayName("that is no handshake is not let in by sub-protocols")
    void needsAHandshake() {
        assertThat(status(decide(FakeRequest.get("/api/status").header("Sec-WebSocket-Protocol", "bearer.good"))))
                .isEqualTo(401);
    }

    @Test
    @DisplayName("of this machine needs a token like any other")
    void doesNotTrustTheMachine() {
        assertThat(status(decide(FakeRequest.get("/api/status").from("127.0.0.1"))))
                .isEqualTo(401);
    }
}
