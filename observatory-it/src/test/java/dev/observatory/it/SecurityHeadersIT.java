package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.RawHttp;
import dev.observatory.it.client.RawWebSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityHeadersIT extends ServerTest {

    /** What every answer has once, by its name in lower case, with something of its value. */
    private static final Map<String, String> HEADERS = Map.of(
            "content-security-policy", "frame-ancestors 'none'",
            "x-content-type-options", "nosniff",
            "referrer-policy", "no-referrer",
            "cross-origin-opener-policy", "same-origin",
            "cross-origin-resource-policy", "same-origin",
            "cache-control", "no-store");

    private static final String UPGRADE = "Upgrade: websocket";

    @ParameterizedTest(name = "{displayName}: {2}, {1} {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | GET     | the page                        | /                        |",
                "200 | HEAD    | the page's head                 | /                        |",
                "200 | GET     | a file of the page              | /assets/main.js          |",
                "200 | GET     | the description of the protocol | /asyncapi.yaml           |",
                "200 | GET     | the description of REST         | /api/openapi.yaml        |",
                "200 | GET     | JSON                            | /api/status              |",
                "200 | GET     | text                            | /api/metrics             |",
                "200 | OPTIONS | what may be done                | /api/status              |",
                "204 | POST    | nothing                         | /api/hooks/claude-code   | Content-Type: application/json",
                "400 | GET     | a problem                       | /api/search?limit=0      |",
                "401 | GET     | a forwarded request             | /api/status              | X-Forwarded-For: 127.0.0.1",
                "401 | GET     | a forwarded handshake           | /ws                      | X-Forwarded-For: 127.0.0.1",
                "403 | GET     | a foreign host name             | /                        | Host: rebound.example",
                "403 | GET     | a page of another origin        | /ws                      | Origin: https://evil.example",
                "404 | GET     | a problem without a resource    | /api/nothing             |",
                "404 | GET     | a file that is not there        | /assets/nothing.js       |",
                "404 | GET     | a page that is not there        | /nothing                 |",
                "404 | GET     | an unknown WebSocket path       | /ws/nothing              | " + UPGRADE,
                "405 | DELETE  | a method that is not allowed    | /api/status              |",
                "415 | POST    | content of another kind         | /api/broadcast           | Content-Type: text/plain",
            })
    @DisplayName("every answer has the headers that keep browsers from doing harm, and none that says too much")
    void has(int status, String method, String what, String path, String header) throws IOException {
        String body = method.equals("POST") ? "{\"session_id\":\"s\",\"hook_event_name\":\"PreCompact\"}" : "";

        RawHttp answer = RawHttp.send(
                server.socket(""),
                method + " " + path + " HTTP/1.1",
                body,
                header == null ? new String[0] : new String[] {header});

        assertThat(answer.status()).isEqualTo(status);
        HEADERS.forEach((name, value) ->
                assertThat(answer.all(name)).as(name).singleElement().asString().contains(value));
        assertSaysNothing(answer);
    }

    @Test
    @DisplayName("a handshake that succeeds sets no cookie and names no version")
    void upgraded() throws IOException {
        RawWebSocket raw = server.raw("ws");

        assertThat(raw.status()).isEqualTo(101);
        assertThat(raw.header("set-cookie")).isNull();
        assertThat(String.valueOf(raw.header("server"))).doesNotContainPattern("\\d");
        assertThat(raw.header("x-powered-by")).isNull();
    }

    @FailureCases(5)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /WEB-INF/web.xml HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET /api/status?a=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /% HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: -1\r\n\r\n",
            })
    @DisplayName("what the server refuses before the application is asked names no version and nothing of the inside")
    void refusedByTheServer(String request) throws IOException {
        RawHttp answer = RawHttp.send(server.socket(""), request.getBytes(StandardCharsets.US_ASCII));

        // Payara says 200 and nothing more to an address that it cannot decode
        assertThat(answer.status())
                .isIn(answer.body().isEmpty() ? List.of(0, 200, 400, 404, 505) : List.of(400, 404, 505));
        assertSaysNothing(answer);
        assertThat(answer.body())
                .doesNotContain("\tat ", "Exception", "<web-app")
                .doesNotContainPattern("\\d+\\.\\d+\\.\\d+");
    }

    private static void assertSaysNothing(RawHttp answer) {
        assertThat(answer.all("set-cookie")).isEmpty();
        assertThat(answer.all("x-powered-by")).isEmpty();
        assertThat(answer.all("server")).noneMatch(name -> name.matches(".*\\d.*"));
    }
}
