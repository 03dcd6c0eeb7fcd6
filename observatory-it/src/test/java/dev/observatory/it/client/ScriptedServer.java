package dev.observatory.it.client;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;

/**
 * A server that says what the test tells it to, for what a real one says seldom or never. It serves the files of the WAR,
 * and one page for all else. For one test's thread.
 */
public final class ScriptedServer implements Closeable {

    private static final int PATIENCE_MS = 30_000;
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final ZipFile war;
    private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;
    private volatile String page = "<!doctype html>";

    public ScriptedServer(String war) throws IOException {
        this.war = new ZipFile(war);
        daemon(this::accept);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + entrance.getLocalPort() + "/");
    }

    /** What its page has, which is nothing at first. */
    public void page(String html) {
        page = html;
    }

    /** The next client that connects, after the handshake. */
    public Peer next() throws InterruptedException {
        Peer peer = peers.poll(PATIENCE_MS, TimeUnit.MILLISECONDS);
        if (peer == null) {
            throw new AssertionError("no client connects");
        }
        return peer;
    }

    /** How many clients have connected that were not asked for yet. */
    public int waiting() {
        return peers.size();
    }

    /** Whether handshakes are refused with 503. */
    public void refuse(boolean refuse) {
        refusing = refuse;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        war.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket socket = entrance.accept();
                sockets.add(socket);
                // browsers open connections in advance, and say nothing on them
                daemon(() -> answer(socket));
            } catch (IOException e) {
                // the entrance was closed
            }
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void answer(Socket socket) {
        try {
            socket.setSoTimeout(PATIENCE_MS);
            exchange(socket);
        } catch (IOException e) {
            // the client went away in the midst of its request
        }
    }

    private void exchange(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        String target = line(in).split(" ")[1];
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        String key = headers.get("sec-websocket-key");
        if (key == null) {
            serve(socket, target);
        } else if (refusing) {
            write(socket, "503 Service Unavailable", List.of("Content-Length: 0"), new byte[0]);
            socket.close();
        } else {
            String protocols = headers.get("sec-websocket-protocol");
            write(
                    socket,
                    "101 Switching Protocols",
                    List.of(
                            "Upgrade: websocket",
                            "Connection: Upgrade",
                            "Sec-WebSocket-Accept: " + accept(key),
                            "Sec-WebSocket-Protocol: " + protocols.split(",")[0]),
                    new byte[0]);
            peers.add(new Peer(socket, in, target, List.of(protocols.split(",\\s*"))));
        }
    }

    private void serve(Socket socket, String target) throws IOException {
        var entry = war.getEntry(target.substring(1));
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        if (entry != null) {
            try (InputStream file = war.getInputStream(entry)) {
                body = file.readAllBytes();
            }
        }
        String type = target.endsWith(".js") ? "text/javascript" : target.endsWith(".css") ? "text/css" : "text/html";
        write(
                socket,
                "200 OK",
                List.of("Content-Type: " + type, "Content-Length: " + body.length, "Connection: close"),
                body);
        socket.close();
    }

    private static void write(Socket socket, String status, List<String> headers, byte[] body) throws IOException {
        String head = "HTTP/1.1 " + status + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /**
     * One client that has connected.
     *
     * @param target what it asked for: path and query
     * @param protocols the sub-protocols that it offered
     */
    public record Peer(Socket socket, DataInputStream in, String target, List<String> protocols) {

        /** Sends the first frame; the client is to ask for life each {@code intervalMs}. */
        public Peer establish(String epoch, long pos, int intervalMs, int timeoutMs) {
            return send("{\"type\":\"connection_established\",\"data\":{\"epoch\":\"" + epoch + "\",\"pos\":" + pos
                    + ",\"heartbeat\":{\"interval_ms\":" + intervalMs + ",\"timeout_ms\":" + timeoutMs + "}}}");
        }

        /** The same with a heart that hardly beats. */
        public Peer establish(String epoch, long pos) {
            return establish(epoch, pos, 60_000, 60_000);
        }

        /** Sends a message of a channel, of normal priority. */
        public Peer message(String channel, long seq, long pos) {
            return message(channel, seq, pos, "");
        }

        /** @param more fields, each with a comma behind it */
        public Peer message(String channel, long seq, long pos, String more) {
            return send("{\"type\":\"probe\"," + more + "\"channel\":\"" + channel + "\",\"seq\":" + seq + ",\"pos\":"
                    + pos + ",\"data\":{}}");
        }

        /** Answers a resume. */
        public Peer resumed(String outcome, int replayed, String... channels) {
            return send("{\"type\":\"resumed\",\"reply_to\":\"resume\",\"data\":{\"outcome\":\"" + outcome
                    + "\",\"epoch\":\"one\",\"replayed\":" + replayed + ",\"missed\":[],\"channels\":"
                    + Json.createArrayBuilder(List.of(channels)).build() + ",\"refused\":[]}}");
        }

        /** Sends an empty state. */
        public Peer snapshot(String channel, long pos) {
            return send("{\"type\":\"snapshot\",\"pos\":" + pos + ",\"data\":{\"channel\":\"" + channel
                    + "\",\"items\":[],\"part\":1,\"parts\":1}}");
        }

        public Peer send(String text) {
            frame(RawWebSocket.TEXT, text.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        /** Sends a binary frame: a text as raw DEFLATE, or nonsense. */
        public Peer binary(byte[] payload) {
            frame(RawWebSocket.BINARY, payload);
            return this;
        }

        public void close(int code, String reason) {
            byte[] text = reason.getBytes(StandardCharsets.UTF_8);
            frame(
                    RawWebSocket.CLOSE,
                    ByteBuffer.allocate(2 + text.length)
                            .putShort((short) code)
                            .put(text)
                            .array());
        }

        /** The next command, which is of that type. */
        public JsonObject next(String type) {
            try {
                JsonObject command = read();
                if (command != null && command.getString("type").equals(type)) {
                    return command;
                }
                throw new AssertionError("not " + type + " came, but " + command);
            } catch (IOException e) {
                throw new AssertionError("no " + type + " came", e);
            }
        }

        /** The next command of that type; others are passed over. */
        public JsonObject await(String type) {
            List<String> passed = new ArrayList<>();
            try {
                for (JsonObject command = read(); command != null; command = read()) {
                    if (command.getString("type").equals(type)) {
                        return command;
                    }
                    passed.add(command.toString());
                }
            } catch (IOException e) {
                throw new AssertionError("no " + type + " came, but " + passed, e);
            }
            throw new AssertionError("no " + type + " came, but the end and " + passed);
        }

        /** Waits until the client closes, or is gone without a word, as when it gives up its handshake. */
        public void awaitClose() {
            try {
                while (read() != null) {
                    // commands before it do not matter
                }
            } catch (SocketTimeoutException e) {
                throw new AssertionError("the client does not close", e);
            } catch (IOException e) {
                // it is gone
            }
        }

        /** The next command; null when the client closes. */
        private JsonObject read() throws IOException {
            int opcode = in.readUnsignedByte() & 0x0f;
            int length = in.readUnsignedByte() & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % 4];
            }
            if (opcode == RawWebSocket.CLOSE) {
                return null;
            }
            try (JsonReader reader = Json.createReader(new StringReader(new String(payload, StandardCharsets.UTF_8)))) {
                return reader.readObject();
            }
        }

        private void frame(int opcode, byte[] payload) {
            ByteBuffer frame = ByteBuffer.allocate(payload.length + 4).put((byte) (0x80 | opcode));
            if (payload.length < 126) {
                frame.put((byte) payload.length);
            } else {
                frame.put((byte) 126).putShort((short) payload.length);
            }
            frame.put(payload);
            try {
                socket.getOutputStream().write(frame.array(), 0, frame.position());
                if (opcode == RawWebSocket.CLOSE) {
                    // browsers wait for it; what they still say is no longer read
                    socket.shutdownOutput();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
