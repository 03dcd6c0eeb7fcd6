package dev.observatory.it;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Follower;
import dev.observatory.it.client.RawWebSocket;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/**
 * The server under test as one test sees it: what the test opens is closed with it, and then nothing may be left over.
 */
final class Server implements AutoCloseable {

    /** Payara keeps every HTTP/2 request that had a body for as long as its connection lives. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;

    /** With which REST is asked; null for none. */
    private final String token;

    private final List<AutoCloseable> opened = new ArrayList<>();

    Server(URL base) {
        this(URI.create(base.toString()));
    }

    Server(URI base) {
        this(base, null);
    }

    private Server(URI base, String token) {
        // the servers' adapters disagree about a slash behind the context root
        this.base = URI.create(base.toString().replaceFirst("/?$", "/"));
        this.token = token;
    }

    /** The same server, asked with a token. */
    Server as(String bearer) {
        return new Server(base, bearer);
    }

    /** The WebSocket address of a path below the context root. */
    URI socket(String path) {
        return URI.create("ws://" + base.getHost() + ":" + base.getPort() + base.getPath() + path);
    }

    ConsoleClient connect() {
        return connect("ws");
    }

    /** Connects and waits until the client has its snapshots, so that only what happens from now on follows. */
    ConsoleClient connect(String path, String... subprotocols) {
        ConsoleClient client = ConsoleClient.connect(socket(path), subprotocols);
        opened.add(client);
        return client.ready();
    }

    /** Connects and waits for nothing. */
    ConsoleClient connectOnly(String path) {
        ConsoleClient client = ConsoleClient.connect(socket(path));
        opened.add(client);
        return client;
    }

    /** Connects with nothing but these subscriptions. */
    ConsoleClient subscriber(String... channels) {
        return connect("ws?channels=" + String.join(",", channels));
    }

    List<ConsoleClient> connect(int count, String path) {
        List<ConsoleClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(connect(path));
        }
        return clients;
    }

    RawWebSocket raw(String path, String... headers) throws IOException {
        RawWebSocket raw = new RawWebSocket(socket(path), headers);
        opened.add(raw);
        return raw;
    }

    /** Follows a channel. */
    Follower follower(String channel, String... headers) throws IOException {
        return follower(channel, text -> {}, headers);
    }

    /** @param frames hears the text of every frame, on a thread of its own */
    Follower follower(String channel, Consumer<String> frames, String... headers) throws IOException {
        return follow("ws?channels=" + channel, frames, headers);
    }

    /** Follows the one channel that a path with a query subscribes to. */
    Follower follow(String path, Consumer<String> frames, String... headers) throws IOException {
        RawWebSocket raw = raw(path, headers).answeringPings();
        // before it the connection may not be subscribed yet
        raw.readText("\"snapshot\"");
        return new Follower(raw, frames);
    }

    /** A connection whose query no {@link URI} can hold. */
    RawWebSocket rawQuery(String query) throws IOException {
        URI socket = socket("ws");
        RawWebSocket raw = new RawWebSocket(socket, socket.getRawPath() + "?" + query, new String[0]);
        opened.add(raw);
        return raw;
    }

    /** Broadcasts through the probe and returns what became of it. */
    JsonObject broadcast(String draft) {
        return json(post("api/probe/broadcast", draft, 200));
    }

    /** Broadcasts to the subscribers of a channel. */
    JsonObject broadcastTo(String channel, String data) {
        return broadcast("{\"type\":\"probe\",\"channel\":\"" + channel + "\",\"data\":" + data + "}");
    }

    /** Broadcasts to the subscribers of a channel from several threads at once, and returns when all has been said. */
    void storm(String channel, int threads, int count) {
        post("api/probe/storm?channel=" + channel + "&threads=" + threads + "&count=" + count, "", 204);
    }

    JsonObject census() {
        return json(get("api/probe/census", 200));
    }

    /** What the server's process uses; of its memory, what is left after a collection of garbage. */
    JsonObject processUse() {
        return json(post("api/probe/process", "{}", 200));
    }

    int connections() {
        return census().getJsonArray("connections").size();
    }

    /** The answer with its headers, whatever its status. */
    HttpResponse<String> fetch(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    /** The answer to a request without a body, whatever its status; headers as name, value, name, value. */
    HttpResponse<String> request(String method, String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).method(method, HttpRequest.BodyPublishers.noBody());
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    String get(String path, int status) {
        return exchange(HttpRequest.newBuilder(base.resolve(path)).GET(), status);
    }

    String post(String path, String body, int status) {
        return send("POST", path, "application/json", body, status);
    }

    /** The answer to a request with a body of a type; headers as name, value, name, value. */
    String send(String method, String path, String type, String body, int status, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return exchange(headers.length == 0 ? request : request.headers(headers), status);
    }

    /** How many messages the server has compressed so far. */
    double compressedMessages() {
        return get("api/metrics", 200)
                .lines()
                .filter(line -> line.startsWith("observatory_compressed_total "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /** The folder that the server watches. */
    static Path watched() {
        return Path.of(System.getProperty("observatory.it.dir"), "watched");
    }

    static AgentFiles agent() {
        return new AgentFiles(watched());
    }

    /** Waits until the server holds nothing any more: no connection, no subscription, nothing queued. */
    void awaitReleased() {
        Awaitility.await()
                .alias("the server has let go of everything")
                .pollInterval(Duration.ofMillis(20))
                .until(
                        this::census,
                        census -> census.getJsonArray("connections").isEmpty()
                                && census.getInt("subscriptions") == 0
                                && census.getInt("subscribed_channels") == 0
                                && census.getInt("queued_messages") == 0
                                && census.getInt("queued_bytes") == 0);
    }

    @Override
    public void close() {
        for (AutoCloseable client : opened) {
            try {
                client.close();
            } catch (Exception e) {
                throw new IllegalStateException("closing a client", e);
            }
        }
        awaitReleased();
    }

    private String exchange(HttpRequest.Builder request, int status) {
        HttpResponse<String> response = send(request);
        if (response.statusCode() != status) {
            throw new AssertionError(
                    response.request().uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        if (token != null) {
            request.setHeader("Authorization", "Bearer " + token);
        }
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(90)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
