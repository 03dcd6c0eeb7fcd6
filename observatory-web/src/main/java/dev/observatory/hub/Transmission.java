package dev.observatory.hub;

import java.util.List;
import java.util.function.Consumer;

/** The one send of a connection that may be under way at a time. Confined to the connection's loop. */
final class Transmission {

    private final ClientSocket socket;
    private final boolean compresses;

    /** Empty when no send is under way. */
    private List<Outgoing> frames = List.of();

    private long since;

    /** @param compresses whether the client takes compressed frames */
    Transmission(ClientSocket socket, boolean compresses) {
        this.socket = socket;
        this.compresses = compresses;
    }

    boolean isIdle() {
        return frames.isEmpty();
    }

    /** When the send under way began, {@link System#nanoTime}. */
    long since() {
        return since;
    }

    /** What is under way. */
    List<Outgoing> frames() {
        return frames;
    }

    /** Whether a frame goes as a binary one of its own. */
    boolean isCompressed(Outgoing frame) {
        return compresses && frame.deflated() != null;
    }

    /**
     * Begins the next send.
     *
     * @param next what goes out together; a compressed frame goes alone
     * @param done hears null when it has left, or why it did not; perhaps before this method returns, on any thread
     */
    void begin(List<Outgoing> next, long now, Consumer<Throwable> done) {
        frames = next;
        since = now;
        if (isCompressed(next.get(0))) {
            socket.send(next.get(0).deflated().bytes(), done);
        } else {
            socket.send(Outgoing.text(next), done);
        }
    }

    /** It has ended, in whatever way. */
    void end() {
        frames = List.of();
    }
}
