package dev.observatory.it.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * WebSocket by hand over a socket (RFC 6455), for what a proper client refuses to do: not answering pings, vanishing,
 * fragments of any size, odd handshakes. Not thread-safe.
 */
public final class RawWebSocket implements Closeable {

    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    /** The example key of RFC 6455, section 1.3, whose accept value is known. */
    public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    public static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static final int PATIENCE_MS = 60_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final int status;
    private final Map<String, String> headers = new TreeMap<>();
    private boolean answering;

    /** One frame of the server. */
    public record RawFrame(int opcode, byte[] payload) {

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** The code of a close frame; 1005 of one that has none (RFC 6455, section 7.1.5). */
        public int closeCode() {
            return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
        }
    }

    /** Opens a connection and does the handshake, whatever comes of it; further headers as {@code Name: value}. */
    public RawWebSocket(URI uri, String... moreHeaders) throws IOException {
        this(uri, uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()), moreHeaders);
    }

    /** Asks the same server for anything, also for what could not be written as an address. */
    public RawWebSocket(URI uri, String target, String[] moreHeaders) throws IOException {
        socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
        List<String> request = new ArrayList<>(List.of(
                "GET " + target + " HTTP/1.1",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: " + KEY,
                "Sec-WebSocket-Version: 13"));
        if (List.of(moreHeaders).stream().noneMatch(header -> header.startsWith("Host:"))) {
            request.add("Host: " + uri.getHost() + ":" + uri.getPort());
        }
        request.addAll(List.of(moreHeaders));
        out.write((String.join("\r\n", request) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        status = Integer.parseInt(line().split(" ")[1]);
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
    }

    public int status() {
        return status;
    }

    /** A header of the handshake's answer, by its name in lower case; null when it is not there. */
    public String header(String name) {
        return headers.get(name);
    }

    /** The body of an answer that refuses the handshake. */
    public String body() throws IOException {
        if ("chunked".equals(header("transfer-encoding"))) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                body.write(in.readNBytes(size));
                line();
            }
            return body.toString(StandardCharsets.UTF_8);
        }
        int length = header("content-length") == null ? 0 : Integer.parseInt(header("content-length"));
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    public void text(String text) throws IOException {
        frame(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends one frame, masked as clients must. */
    public void frame(int opcode, boolean last, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) ((last ? 0x80 : 0) | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        byte[] mask = {1, 2, 3, 4};
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i % 4]));
        }
        out.write(frame.array(), 0, frame.position());
        out.flush();
    }

    /** Sends bytes as they are, which need be no frame. */
    public void bytes(int... bytes) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int each : bytes) {
            all.write(each);
        }
        out.write(all.toByteArray());
        out.flush();
    }

    /** From now on pings are answered while frames are read, as by a proper client. */
    public RawWebSocket answeringPings() {
        answering = true;
        return this;
    }

    /** The next frame of the server, whichever; null at the end of the stream. */
    public RawFrame read() throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        long length = in.readUnsignedByte() & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        RawFrame frame = new RawFrame(first & 0x0f, in.readNBytes((int) length));
        if (answering && frame.opcode() == PING) {
            frame(PONG, true, frame.payload());
        }
        return frame;
    }

    /** The next frame of that kind; others are passed over, pings unanswered. */
    public RawFrame read(int opcode) throws IOException {
        RawFrame frame = read();
        while (frame != null && frame.opcode() != opcode) {
            frame = read();
        }
        return frame;
    }

    /** The next frame whose text contains something. */
    public RawFrame readText(String containing) throws IOException {
        RawFrame frame = read(TEXT);
        while (frame != null && !frame.text().contains(containing)) {
            frame = read(TEXT);
        }
        return frame;
    }

    /** Vanishes: the connection is reset, without a close frame. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
