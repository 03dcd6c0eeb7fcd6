package dev.observatory.protocol;

import java.util.List;
import java.util.Optional;

/** How messages are put into WebSocket frames. */
public enum Subprotocol {
    /** One JSON object a text frame, for clients that ask for nothing. */
    PLAIN(""),
    /** One or more JSON objects a text frame, separated by line feeds. */
    V1("observatory.v1");

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

    /** The names that can be negotiated. */
    public static List<String> tokens() {
        return List.of(V1.token);
    }

    /** The sub-protocol of that negotiated name, which is empty or null where none was negotiated. */
    public static Subprotocol of(String token) {
        return Optional.ofNullable(token).filter(V1.token::equals).map(t -> V1).orElse(PLAIN);
    }
}
