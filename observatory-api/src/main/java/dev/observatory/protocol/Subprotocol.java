package dev.observatory.protocol;

import java.util.Arrays;
import java.util.List;

/** How messages are put into WebSocket frames. */
public enum Subprotocol {
    /** One JSON object a text frame, for clients that ask for nothing. */
    PLAIN(""),
    /** One or more JSON objects a text frame, separated by line feeds. */
    V1("observatory.v1"),
    /** The same, and a binary frame is one large message, compressed. */
    V1_DEFLATE("observatory.v1.deflate");

    private final String token;

    Subprotocol(String token) {
        this.token = token;
    }

    /** The name in {@code Sec-WebSocket-Protocol}; empty for {@link #PLAIN}, which has none. */
    public String token() {
        return token;
    }

    /** Whether a frame may hold several objects. */
    public boolean batches() {
        return this != PLAIN;
    }

    /** Whether large messages are compressed. */
    public boolean compresses() {
        return this == V1_DEFLATE;
    }

    /** The names that can be negotiated. */
    public static List<String> tokens() {
        return List.of(V1.token, V1_DEFLATE.token);
    }

    /** The sub-protocol of that negotiated name, which is empty or null where none was negotiated. */
    public static Subprotocol of(String token) {
        return Arrays.stream(values())
                .filter(subprotocol -> subprotocol.token.equals(token))
                .findFirst()
                .orElse(PLAIN);
    }
}
