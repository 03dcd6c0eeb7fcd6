package dev.observatory.it;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.RawWebSocket;
import dev.observatory.it.client.TokenMaker;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A server that asks for tokens, one for all classes that register this. What a test opens is closed with it, and then
 * nobody may be connected any more.
 */
final class GuardedServer implements BeforeEachCallback, AfterEachCallback {

    /** A page of this origin may ask. */
    static final String ORIGIN = "https://console.example";

    private static final String SECRET = "a secret of the tests, which has more than thirty-two bytes";

    static final TokenMaker TOKENS = new TokenMaker(SECRET);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private OwnServer own;

    /** Ends with the whole run. */
    private record Running(OwnServer own) implements AutoCloseable {

        static Running started() {
            try (SuiteClock.Start start = SuiteClock.start()) {
                Path folder = Files.createTempDirectory(Path.of(System.getProperty("observatory.it.dir")), "guarded");
                OwnServer own = OwnServer.plain(
                                folder,
                                "observatory.auth.secret=" + SECRET,
                                "observatory.auth.origins=" + ORIGIN + ",http://localhost:{port}",
                                "observatory.auth.public-health=true",
                                "observatory.auth.max-tickets=5",
                                "observatory.heartbeat.interval=PT0.2S",
                                // so that who is silent is soon missed; the suite's server has more patience
                                "observatory.heartbeat.timeout=PT2S",
                                // so that an end is soon there
                                "mp.jwt.verify.clock.skew=0")
                        .start();
                Server server = own.awaitReady();
                warmUp(own);
                // shortly after the start the index is not open yet
                Awaitility.await()
                        .until(() -> server.as(TOKENS.token("first", "read"))
                                        .fetch("api/search?q=x")
                                        .statusCode()
                                == 200);
                return new Running(own);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The first connection waits for classes to be loaded, for longer than some tokens of the tests live. */
        private static void warmUp(OwnServer own) {
            URI socket = URI.create("ws://localhost:" + own.port() + "/ws");
            try (ConsoleClient first = ConsoleClient.connect(socket, "bearer." + TOKENS.token("first", "read"))) {
                first.ready();
            }
        }

        @Override
        public void close() throws InterruptedException {
            own.close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        own = context.getRoot()
                .getStore(Namespace.create(GuardedServer.class))
                .getOrComputeIfAbsent(Running.class, key -> Running.started(), Running.class)
                .own();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        opened.clear();
        Server admin = as(TOKENS.token("root", "admin"));
        Awaitility.await()
                .alias("nobody is connected")
                .pollDelay(Duration.ZERO)
                .until(() -> Server.json(admin.get("api/connections", 200)).getInt("total") == 0);
    }

    /** The server without a token. */
    Server server() {
        return new Server(URI.create("http://localhost:" + own.port()));
    }

    /** The address of the page. */
    String page() {
        return "http://localhost:" + own.port() + "/";
    }

    /** The server, asked with a token. */
    Server as(String token) {
        return server().as(token);
    }

    /** A handshake with whatever headers, whatever comes of it. */
    RawWebSocket handshake(String path, String... headers) {
        return raw(path, headers).answeringPings();
    }

    private RawWebSocket raw(String path, String... headers) {
        try {
            URI server = URI.create("ws://localhost:" + own.port());
            RawWebSocket raw = new RawWebSocket(server, path, headers);
            opened.add(raw);
            return raw;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client that answers no ping unless the test does. */
    RawWebSocket silent(String query) {
        return raw("/ws" + query, "Authorization: Bearer " + TOKENS.token("silent", "read"));
    }

    RawWebSocket handshakeWith(String token) {
        return handshake("/ws", "Authorization: Bearer " + token);
    }

    /** A client with its token in a sub-protocol, as a browser sends it; returns when it has its snapshots. */
    ConsoleClient connect(String token, String query) {
        return open("/ws" + query, "observatory.v1", "bearer." + token);
    }

    /** A client with whatever sub-protocols; returns when it has its snapshots. */
    ConsoleClient open(String path, String... subprotocols) {
        ConsoleClient client = ConsoleClient.connect(URI.create("ws://localhost:" + own.port() + path), subprotocols);
        opened.add(client);
        return client.ready();
    }

    AgentFiles agent(String cwd) {
        return new AgentFiles(own.watched(), cwd);
    }

    /** What it has logged so far. */
    String log() {
        return own.log();
    }

    /** The one connection of that user, as operators see it. */
    JsonObject connectionOf(String user) {
        return Server.json(as(TOKENS.token("root", "admin")).get("api/connections?user=" + user, 200))
                .getJsonArray("items")
                .getJsonObject(0);
    }
}
