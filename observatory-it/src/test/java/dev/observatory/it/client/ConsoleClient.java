package dev.observatory.it.client;

import jakarta.json.JsonString;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;

/** A WebSocket client (Tyrus) that keeps everything it is sent. Thread-safe. */
public final class ConsoleClient implements AutoCloseable {

    private static final int MAX_FRAME_BYTES = 16 << 20;
    private static final ClientManager TYRUS = client();

    private final Inbox inbox = new Inbox();
    private final Map<String, List<String>> handshake = new ConcurrentHashMap<>();
    private final AtomicInteger compressed = new AtomicInteger();
    private Session session;

    private ConsoleClient() {}

    /** Connects and returns once the handshake is done. */
    public static ConsoleClient connect(URI uri, String... subprotocols) {
        ConsoleClient client = new ConsoleClient();
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(List.of(subprotocols))
                .configurator(client.new Handshake())
                .build();
        try {
            client.session = TYRUS.connectToServer(client.new Receiver(), config, uri);
        } catch (DeploymentException | IOException e) {
            throw new IllegalStateException("cannot connect to " + uri + ": " + e, e);
        }
        return client;
    }

    public Inbox inbox() {
        return inbox;
    }

    /** Waits for the first frame that fits. */
    public Frame await(Predicate<Frame> wanted) {
        return inbox.await(wanted);
    }

    /** Waits for the first frame of that type. */
    public Frame await(String type) {
        return inbox.await(frame -> frame.is(type));
    }

    /** Waits until the connection has all that it gets for its own sake: every snapshot has come. */
    public ConsoleClient ready() {
        Frame established = await("connection_established");
        int channels = established.data().getJsonArray("subscriptions").size();
        inbox.awaitCount(
                channels,
                frame -> frame.is("snapshot")
                        && frame.data().getInt("part") == frame.data().getInt("parts"));
        return this;
    }

    public String id() {
        return await("connection_established").data().getString("connection_id");
    }

    /** How many frames came compressed. */
    public int compressed() {
        return compressed.get();
    }

    private static String inflate(byte[] deflated) {
        try (InputStream plain = new InflaterInputStream(new ByteArrayInputStream(deflated), new Inflater(true))) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("no raw DEFLATE", e);
        }
    }

    /** All numbered messages so far. */
    public List<Frame> messages() {
        return inbox.all(Frame::isMessage);
    }

    public ConsoleClient send(String text) {
        try {
            session.getBasicRemote().sendText(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public void sendBinary(byte[] bytes) {
        try {
            session.getBasicRemote().sendBinary(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until everything that the server did for us before has come: nothing is queued any more, and what was still
     * on its way then comes before the answer to a ping.
     */
    public ConsoleClient sync() {
        String mark = "sync-" + System.nanoTime();
        int round = 0;
        while (queued(mark + "-" + round) > 0) {
            round++;
        }
        send("{\"type\":\"ping\",\"id\":\"" + mark + "\"}");
        awaitAnswer("pong", mark);
        return this;
    }

    private int queued(String mark) {
        send("{\"type\":\"status\",\"id\":\"" + mark + "\"}");
        return awaitAnswer("status", mark).data().getInt("queued_messages");
    }

    private Frame awaitAnswer(String type, String id) {
        return await(frame -> frame.is(type)
                && frame.json().get("reply_to") instanceof JsonString to
                && to.getString().equals(id));
    }

    public Map<String, List<String>> handshakeHeaders() {
        return handshake;
    }

    public String subprotocol() {
        return session.getNegotiatedSubprotocol();
    }

    public boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (IOException | IllegalStateException e) {
            // it had ended already: that is what was wanted
        }
    }

    private static ClientManager client() {
        ClientManager manager = ClientManager.createClient();
        manager.getProperties().put(ClientProperties.SHARED_CONTAINER, true);
        manager.setDefaultMaxTextMessageBufferSize(MAX_FRAME_BYTES);
        manager.setDefaultMaxBinaryMessageBufferSize(MAX_FRAME_BYTES);
        // Tyrus closes with 1011 on a longer frame, whatever those two say
        manager.getProperties().put("org.glassfish.tyrus.incomingBufferSize", MAX_FRAME_BYTES);
        return manager;
    }

    private final class Handshake extends ClientEndpointConfig.Configurator {
        @Override
        public void afterResponse(HandshakeResponse response) {
            response.getHeaders().forEach((name, values) -> handshake.put(name.toLowerCase(), values));
        }
    }

    private final class Receiver extends Endpoint {

        @Override
        public void onOpen(Session opened, EndpointConfig config) {
            // a named class, because the kind of message cannot be told from a lambda
            opened.addMessageHandler(new MessageHandler.Whole<String>() {
                @Override
                public void onMessage(String text) {
                    long now = System.nanoTime();
                    text.lines().forEach(line -> inbox.add(Frame.parse(line, now)));
                }
            });
            opened.addMessageHandler(new MessageHandler.Whole<byte[]>() {
                @Override
                public void onMessage(byte[] deflated) {
                    long now = System.nanoTime();
                    compressed.incrementAndGet();
                    inbox.add(Frame.parse(inflate(deflated), now));
                }
            });
        }

        @Override
        public void onClose(Session closed, CloseReason reason) {
            inbox.ended(reason.getCloseCode().getCode() + " " + reason.getReasonPhrase());
        }
    }
}
