package dev.observatory.hub;

import dev.observatory.protocol.CloseCode;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** A network that does what a test wants. Writes down what is sent, and whether the rules of sending are kept. */
final class FakeSocket implements ClientSocket {

    /** How a send ends. */
    enum Mode {
        /** Well, before the call returns. */
        AT_ONCE,
        /** Well, on another thread. */
        LATER,
        /** When {@link #release} is called. */
        HELD,
        /** With a failure, before the call returns. */
        FAILS,
        /** With a failure, on another thread. */
        FAILS_LATER,
        /** The call throws. */
        THROWS
    }

    /** One for all, because to find the provider takes longer than to read. */
    private static final JsonReaderFactory JSON = Json.createReaderFactory(Map.of());

    private final Executor network;
    private final List<String> texts = Collections.synchronizedList(new ArrayList<>());
    private final List<CloseCode> closes = Collections.synchronizedList(new ArrayList<>());
    private final List<String> reasons = Collections.synchronizedList(new ArrayList<>());
    private final ConcurrentLinkedQueue<Consumer<Throwable>> held = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sending = new AtomicInteger();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final AtomicInteger compressed = new AtomicInteger();
    private final AtomicInteger pings = new AtomicInteger();
    private volatile Mode mode;
    private volatile boolean pingFails;
    private int nested;
    private volatile int deepest;

    FakeSocket(Mode mode, Executor network) {
        this.mode = mode;
        this.network = network;
    }

    @Override
    public void send(String text, Consumer<Throwable> done) {
        if (sending.getAndIncrement() > 0) {
            overlaps.incrementAndGet();
        }
        deepest = Math.max(deepest, ++nested);
        try {
            texts.add(text);
            switch (mode) {
                case AT_ONCE -> end(done, null);
                case LATER -> network.execute(() -> end(done, null));
                case HELD -> held.add(done);
                case FAILS -> end(done, new IOException("broken pipe"));
                case FAILS_LATER -> network.execute(() -> end(done, new IOException("broken pipe")));
                case THROWS -> throw new IllegalStateException("the session is closed");
            }
        } finally {
            nested--;
        }
    }

    @Override
    public void send(ByteBuffer bytes, Consumer<Throwable> done) {
        compressed.incrementAndGet();
        byte[] deflated = new byte[bytes.remaining()];
        bytes.get(deflated);
        try (InputStream plain = new InflaterInputStream(new ByteArrayInputStream(deflated), new Inflater(true))) {
            send(new String(plain.readAllBytes(), StandardCharsets.UTF_8), done);
        } catch (IOException e) {
            throw new UncheckedIOException("no raw DEFLATE", e);
        }
    }

    /** How many frames were binary ones. */
    int compressed() {
        return compressed.get();
    }

    private void end(Consumer<Throwable> done, Throwable failure) {
        sending.decrementAndGet();
        done.accept(failure);
    }

    @Override
    public void ping() throws IOException {
        if (sending.get() > 0) {
            overlaps.incrementAndGet();
        }
        if (pingFails) {
            throw new IOException("broken pipe");
        }
        pings.incrementAndGet();
    }

    @Override
    public void close(CloseCode code, String reason) {
        closes.add(code);
        reasons.add(reason);
    }

    void become(Mode newMode) {
        mode = newMode;
    }

    void failPings() {
        pingFails = true;
    }

    /** Ends the oldest send that is held. */
    void release() {
        end(held.remove(), null);
    }

    /** Reports the oldest send that is held as done, without having ended it: a server that errs. */
    void reportWithoutEnd() {
        held.element().accept(null);
    }

    boolean isHolding() {
        return !held.isEmpty();
    }

    int pings() {
        return pings.get();
    }

    List<CloseCode> closes() {
        return List.copyOf(closes);
    }

    /** What the client was told with each close. */
    List<String> reasons() {
        return List.copyOf(reasons);
    }

    /** How often a send or a ping began while another send was under way. */
    int overlaps() {
        return overlaps.get();
    }

    /** How deeply sends were nested in sends: 1 when they were not. */
    int deepest() {
        return deepest;
    }

    /** What was sent, one for each frame of the network. */
    List<String> texts() {
        return List.copyOf(texts);
    }

    /** What was sent, one for each JSON object. */
    List<JsonObject> frames() {
        return texts().stream()
                .flatMap(text -> Arrays.stream(text.split("\n")))
                .map(FakeSocket::parsed)
                .toList();
    }

    /** What was sent of that type. */
    List<JsonObject> frames(String type) {
        return frames().stream()
                .filter(frame -> frame.getString("type").equals(type))
                .toList();
    }

    /** The numbers of the messages that were sent. */
    List<Long> positions() {
        return frames().stream()
                .filter(frame -> frame.containsKey("seq"))
                .map(frame -> frame.getJsonNumber("pos").longValueExact())
                .toList();
    }

    private static JsonObject parsed(String json) {
        try (JsonReader reader = JSON.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }
}
