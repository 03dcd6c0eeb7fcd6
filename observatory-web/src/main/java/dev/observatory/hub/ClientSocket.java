package dev.observatory.hub;

import dev.observatory.protocol.CloseCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** The network's end of one connection, as the hub sees it. */
public interface ClientSocket {

    /**
     * Sends one text frame. The next send must wait until this one is done.
     *
     * @param done hears null when the frame has left, otherwise why it did not; called once, on any thread, perhaps
     *     before this method returns
     */
    void send(String text, Consumer<Throwable> done);

    /** Sends one binary frame, by the same rules. */
    void send(ByteBuffer bytes, Consumer<Throwable> done);

    /** Sends a ping. Only while no send is under way: a server may write it in the calling thread. */
    void ping() throws IOException;

    /** Ends the connection, with the code's own reason. */
    default void close(CloseCode code) {
        close(code, code.reason());
    }

    /**
     * Ends the connection; may take a while. Does nothing when it has ended already.
     *
     * @param reason for the client, at most 123 bytes of UTF-8
     */
    void close(CloseCode code, String reason);
}
