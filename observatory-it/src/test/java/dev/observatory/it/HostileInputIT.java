package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.RawHttp;
import dev.observatory.it.client.RawWebSocket;
import dev.observatory.it.client.RawWebSocket.RawFrame;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What no proper client sends. Whatever comes of it, somebody else is there all the time, to whom nothing happens.
 * Floods of handshakes are in {@link ConnectionLimitsIT}, commands that are wrong in {@link ErrorRecoveryIT}.
 */
class HostileInputIT extends ServerTest {

    private static final int RESERVED_1 = 0x40;

    /** What a server may say when it ends a connection because of what came; 0 for nothing. */
    private static final Set<Integer> BLAMING = Set.of(0, 1002, 1007, 1009, 1011);

    private static final String DEEP = "[".repeat(10_000) + "]".repeat(10_000);

    /** Of a header, characters; WildFly takes a million of them, and Payara 8,192. */
    private static final int LARGE = 2_000_000;

    @RegisterExtension
    final GuardedServer guarded = new GuardedServer();

    private ConsoleClient bystander;

    @BeforeEach
    void letSomebodyElseIn() {
        bystander = server.subscriber("topic:bystander");
    }

    private void assertUnharmed() {
        int before = bystander.messages().size();
        assertThat(server.broadcastTo("topic:bystander", "{}").getInt("delivered"))
                .isEqualTo(1);
        bystander.inbox().awaitCount(before + 1, frame -> frame.is("probe"));
        server.connect().sync().close();
    }

    static Stream<Arguments> frames() {
        return Stream.of(
                frame("a reserved bit", raw -> raw.frame(RESERVED_1 | RawWebSocket.TEXT, true, ping())),
                frame("another reserved bit", raw -> raw.frame(0x20 | RawWebSocket.TEXT, true, ping())),
                frame("the third reserved bit", raw -> raw.frame(0x10 | RawWebSocket.TEXT, true, ping())),
                frame("an unknown kind of frame", raw -> raw.frame(3, true, ping())),
                frame("an unknown kind of control frame", raw -> raw.frame(11, true, new byte[1])),
                frame("a ping of 126 bytes", raw -> raw.frame(RawWebSocket.PING, true, new byte[126])),
                frame("a close of 126 bytes", raw -> raw.frame(RawWebSocket.CLOSE, true, close(126))),
                frame("a fragmented ping", raw -> raw.frame(RawWebSocket.PING, false, new byte[1])),
                frame("the end of what has not begun", raw -> raw.frame(RawWebSocket.CONTINUATION, true, ping())),
                frame("a beginning within a message", raw -> {
                    raw.frame(RawWebSocket.TEXT, false, ping());
                    raw.frame(RawWebSocket.TEXT, true, ping());
                }),
                frame("an overlong NUL", raw -> raw.frame(RawWebSocket.TEXT, true, bytes(0xc0, 0x80))),
                frame("half a surrogate pair", raw -> raw.frame(RawWebSocket.TEXT, true, bytes(0xed, 0xa0, 0x80))),
                frame("a byte of no character", raw -> raw.frame(RawWebSocket.TEXT, true, bytes('{', 0xff, '}'))),
                frame("a torn character", raw -> raw.frame(RawWebSocket.TEXT, true, bytes('"', 0xe2, 0x82))),
                frame("a character torn by fragments", raw -> {
                    raw.frame(RawWebSocket.TEXT, false, bytes('"', 0xe2, 0x82));
                    raw.frame(RawWebSocket.CONTINUATION, true, bytes('"'));
                }),
                frame("a length beyond memory", raw -> {
                    raw.bytes(0x81, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4);
                    for (int i = 0; i < 80; i++) {
                        raw.bytes(new int[1 << 16]);
                    }
                }));
    }

    @FailureCases
    @Test
    @DisplayName(
            "a frame of negative length ends its connection, by its heartbeat if the server waits for what never comes")
    void negativeLength() throws IOException {
        RawWebSocket raw = guarded.silent("?channels=topic:none");

        int code = end(raw, self -> self.bytes(0x81, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4));

        assertThat(code == 4003 || BLAMING.contains(code)).as("%s", code).isTrue();
        guarded.connect(GuardedServer.TOKENS.token("ann", "read"), "?channels=topic:none")
                .sync();
    }

    private interface Attack {
        void on(RawWebSocket raw) throws IOException;
    }

    private static Arguments frame(String what, Attack attack) {
        return Arguments.of(what, attack);
    }

    @FailureCases(16)
    @ParameterizedTest(name = "{displayName}: {0}")
    @MethodSource("frames")
    @DisplayName("a frame that the protocol does not allow ends its connection and no other")
    void frames(String what, Attack attack) throws IOException {
        RawWebSocket raw = server.raw("ws?channels=topic:none").answeringPings();

        assertThat(end(raw, attack)).isIn(BLAMING);
        assertUnharmed();
    }

    private static int end(RawWebSocket raw, Attack attack) throws IOException {
        try {
            attack.on(raw);
            RawFrame close = raw.read(RawWebSocket.CLOSE);
            return close == null ? 0 : close.closeCode();
        } catch (SocketException reset) {
            return 0;
        }
    }

    @Test
    @DisplayName("a client that does not mask its frames is refused or answered, and nobody else is harmed")
    void unmasked() throws IOException {
        RawWebSocket raw = server.raw("ws?channels=topic:none").answeringPings();
        byte[] ping = ping();
        int[] frame = new int[ping.length + 2];
        frame[0] = 0x81;
        frame[1] = ping.length;
        for (int i = 0; i < ping.length; i++) {
            frame[i + 2] = ping[i];
        }

        raw.bytes(frame);

        // Payara takes such frames, and nobody can tell it not to
        RawFrame answer = raw.read();
        while (answer != null
                && answer.opcode() != RawWebSocket.CLOSE
                && !answer.text().contains("pong")) {
            answer = raw.read();
        }
        assertThat(answer == null || answer.opcode() != RawWebSocket.CLOSE || answer.closeCode() == 1002)
                .isTrue();
        assertUnharmed();
    }

    @FailureCases
    @Test
    @DisplayName("500 empty fragments of one message hold nothing up, and the message is refused at its end")
    void emptyFragments() throws IOException {
        RawWebSocket raw = server.raw("ws?channels=topic:none").answeringPings();
        int[] frames = new int[6 * 500];
        for (int i = 0; i < frames.length; i += 6) {
            // no bytes of a continuation, masked by zeros
            frames[i + 1] = 0x80;
        }

        raw.frame(RawWebSocket.TEXT, false, bytes('{'));
        raw.bytes(frames);
        raw.frame(RawWebSocket.CONTINUATION, true, new byte[0]);

        assertThat(raw.readText("\"error\"").text()).contains("bad_json");
        assertUnharmed();
    }

    @FailureCases(6)
    @ParameterizedTest(name = "{displayName}: {0}")
    @MethodSource("heads")
    @DisplayName("a request whose head is out of all proportion is refused, and the next one is served")
    void heads(String what, String[] headers) throws IOException {
        for (String path : List.of("ws", "api/status")) {
            RawHttp answer = RawHttp.send(address(), "GET /" + path + " HTTP/1.1", "", headers);
            // the answer can be lost where the rest of the request is not read
            assertThat(answer.status())
                    .as(path)
                    .satisfiesAnyOf(
                            status -> assertThat(status).isBetween(400, 499),
                            status -> assertThat(status).isZero());
            assertThat(answer.body()).doesNotContain("\tat ", "Exception");
        }
        assertUnharmed();
    }

    static Stream<Arguments> heads() {
        String[] many = new String[1_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = "X-" + i + ": " + i;
        }
        return Stream.of(
                Arguments.of("1,000 headers", many),
                Arguments.of("a header of 2 MB", new String[] {"X-Large: " + "x".repeat(LARGE)}),
                Arguments.of("a name of 2 MB", new String[] {"X-" + "x".repeat(LARGE) + ": 1"}),
                Arguments.of("a cookie of 2 MB", new String[] {"Cookie: a=" + "x".repeat(LARGE)}),
                Arguments.of("a token of 2 MB", new String[] {"Authorization: Bearer " + "x".repeat(LARGE)}),
                Arguments.of(
                        "a sub-protocol of 2 MB", new String[] {"Sec-WebSocket-Protocol: " + "x,".repeat(LARGE / 2)}));
    }

    @Test
    @DisplayName("300 clients that stop in the middle of their handshake keep nobody out")
    void slowHandshakes() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = new Socket(address().getHost(), address().getPort());
                slow.add(socket);
                socket.getOutputStream()
                        .write(("GET /ws HTTP/1.1\r\nHost: localhost:"
                                        + address().getPort() + "\r\nUpgrade: websocket\r\nConnection: Upgr")
                                .getBytes(StandardCharsets.US_ASCII));
            }
            assertUnharmed();
            server.get("api/status", 200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** As they stand in an address, most of them encoded as a client would, some on purpose not. */
    private static final List<String> TEXTS = List.of(
            "",
            "../../../../../../etc/passwd",
            "..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
            "..%252f..%252f..%252fetc%252fpasswd",
            "..%5c..%5c..%5cetc%5cpasswd",
            "%c0%ae%c0%ae%c0%af%c0%ae%c0%ae%c0%afetc",
            "..;/..;/WEB-INF/web.xml",
            "file:%2f%2f%2fetc%2fpasswd",
            "a%00b",
            "a%0d%0aX-Injected:%20yes%0d%0a%0d%0a<b>",
            "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
            "'%20OR%20'1'='1",
            "1;%20DROP%20TABLE%20conversation;%20--",
            "%27%20UNION%20SELECT%20*%20FROM%20INFORMATION_SCHEMA.TABLES%20--",
            "$%7Bjndi:ldap:%2F%2F127.0.0.1:9%2Fx%7D",
            "%ED%A0%80",
            "%EF%BF%BE",
            "%zz",
            "-1",
            "99999999999999999999999",
            "1e999999999",
            "+999999999-12-31T23:59:59.999999999Z",
            "((((((((((",
            "x".repeat(5_000),
            "x".repeat(50_000));

    /** What only a file of the machine, or the inside of a program, could have said. */
    private static final Pattern LEAK =
            Pattern.compile("root:.?:0:0|<web-app|\\tat |Exception|java\\.lang|org\\.h2|jakarta\\.|Caused by");

    private static final Pattern MARKUP = Pattern.compile("<script>alert|<b>");

    @Test
    @DisplayName(
            "whatever stands in a parameter of REST, what was asked for is answered, or a problem, and nothing else")
    void parameters() throws IOException {
        AgentFiles agent = Server.agent();
        ConsoleClient client = server.subscriber("conversation:" + agent.id());
        agent.append(agent.prompt("be asked for"));
        client.await(TranscriptFeedIT.conversation(agent));
        List<ApiOperation> operations = ApiOperation.all(server.get("api/openapi.yaml", 200));
        assertThat(operations).hasSizeGreaterThan(10);

        List<String> wrong = new ArrayList<>();
        for (ApiOperation operation : operations) {
            for (String text : TEXTS) {
                if (operation.hasPathParameter()) {
                    check(operation, operation.address(text), wrong);
                }
                for (String parameter : operation.parameters()) {
                    String others = parameter.equals("q") ? "" : "&q=word";
                    // a conversation that there is, or else no parameter beside its id would be looked at
                    check(operation, operation.address(agent.id()) + "?" + parameter + "=" + text + others, wrong);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertUnharmed();
    }

    private void check(ApiOperation operation, String address, List<String> wrong) throws IOException {
        RawHttp answer = RawHttp.send(
                address(),
                operation.method() + " " + address + " HTTP/1.1",
                operation.method().equals("POST") ? "{}" : "",
                "Content-Type: application/json");
        String complaint = complaint(operation, answer);
        if (complaint != null) {
            String shown = address.substring(0, Math.min(address.length(), 150));
            String body = answer.body().substring(0, Math.min(answer.body().length(), 300));
            wrong.add(complaint + ": " + operation.method() + " " + shown + " -> " + answer.status() + " "
                    + answer.mediaType() + " " + body);
        }
    }

    /** Null when there is none. */
    private static String complaint(ApiOperation operation, RawHttp answer) {
        boolean served = answer.status() >= 200 && answer.status() < 300;
        if (!served && (answer.status() < 400 || answer.status() > 499)) {
            return "status";
        }
        if (LEAK.matcher(answer.body()).find()) {
            return "leak";
        }
        if (!answer.all("x-injected").isEmpty() || !answer.all("set-cookie").isEmpty()) {
            return "header";
        }
        if (answer.mediaType().equals("text/html")) {
            // from the server itself, of an address that it cannot read
            return served || MARKUP.matcher(answer.body()).find() ? "markup" : null;
        }
        if (answer.body().isEmpty()
                || answer.mediaType().equals("application/problem+json")
                || served && operation.mediaTypes().contains(answer.mediaType())) {
            return null;
        }
        return "type";
    }

    static Stream<Arguments> bombs() {
        return Stream.of(
                Arguments.of("an array 10,000 deep", DEEP),
                Arguments.of("an array without bottom", "[".repeat(100_000)),
                Arguments.of("an object 10,000 deep", "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)),
                Arguments.of("an object without bottom", "{\"a\":".repeat(100_000)),
                Arguments.of("a number of 100,000 digits", "9".repeat(100_000)),
                Arguments.of("a fraction of 100,000 digits", "0." + "1".repeat(100_000)),
                Arguments.of("a name of 100,000 characters", "{\"" + "n".repeat(100_000) + "\":1}"));
    }

    @FailureCases(7)
    @ParameterizedTest(name = "{displayName}: {0}")
    @MethodSource("bombs")
    @DisplayName("JSON beyond all measure is refused with a problem, wherever in a body it is")
    void bodies(String what, String bomb) throws IOException {
        List<ApiOperation> posts = ApiOperation.all(server.get("api/openapi.yaml", 200)).stream()
                .filter(operation -> operation.method().equals("POST") && operation.takesBody())
                .toList();
        assertThat(posts).hasSizeGreaterThan(1);
        for (ApiOperation post : posts) {
            for (String body : List.of(bomb, "[" + bomb + "]", around(bomb))) {
                RawHttp answer = RawHttp.send(
                        address(),
                        "POST " + post.address("none") + " HTTP/1.1",
                        body,
                        "Content-Type: application/json");

                assertThat(answer.status()).as(post.path()).isBetween(400, 499);
                assertThat(answer.mediaType()).isEqualTo("application/problem+json");
                JsonObject problem = Server.json(answer.body());
                assertThat(problem.getString("detail")).isNotBlank().hasSizeLessThan(300);
                assertThat(LEAK.matcher(answer.body()).find()).as(answer.body()).isFalse();
            }
        }
        assertUnharmed();
    }

    @Test
    @DisplayName("a number that no memory could hold as digits is passed on as it is written, or refused")
    void exponents() throws IOException {
        ConsoleClient client = server.subscriber("topic:exponent");
        for (String number : List.of("1e999999999", "-1E-999999999", "1e99999999999999999999")) {
            RawHttp answer = RawHttp.send(
                    address(), "POST /api/broadcast HTTP/1.1", around(number), "Content-Type: application/json");
            assertThat(answer.status()).as(number).isLessThan(500);
        }
        assertUnharmed();
        client.sync();
    }

    /** What every {@code POST} would take if it were not for one value. */
    private static String around(String value) {
        return "{\"channel\":\"topic:exponent\",\"type\":\"x\",\"session_id\":\"s\",\"hook_event_name\":\"PreCompact\",\"data\":"
                + value + "}";
    }

    private URI address() {
        return server.socket("");
    }

    private static byte[] ping() {
        return "{\"type\":\"ping\"}".getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] close(int size) {
        byte[] payload = new byte[size];
        payload[0] = 1000 >> 8;
        payload[1] = (byte) 1000;
        return payload;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
