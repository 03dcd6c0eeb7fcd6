package dev.observatory.ws;

import dev.observatory.hub.ClientSocket;
import dev.observatory.protocol.CloseCode;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A WebSocket session as the hub's end of a connection. As thread-safe as the session. */
final class SessionSocket implements ClientSocket {

    private static final Logger LOG = System.getLogger(SessionSocket.class.getName());

    private final Session session;

    SessionSocket(Session session) {
        this.session = session;
    }

    @Override
    public void send(String text, Consumer<Throwable> done) {
        try {
            session.getAsyncRemote().sendText(text, result -> done.accept(result.isOK() ? null : cause(result)));
        } catch (RuntimeException e) {
            // a session that has just closed refuses in many ways; to the hub it is one: the send failed
            done.accept(e);
        }
    }

    @Override
    public void send(ByteBuffer bytes, Consumer<Throwable> done) {
        try {
            session.getAsyncRemote().sendBinary(bytes, result -> done.accept(result.isOK() ? null : cause(result)));
        } catch (RuntimeException e) {
            done.accept(e);
        }
    }

    @Override
    public void ping() throws IOException {
        session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
    }

    @Override
    public void close(CloseCode code, String reason) {
        try {
            session.close(new CloseReason(CloseCodes.getCloseCode(code.code()), reason));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "closing session " + session.getId() + " failed", e);
        }
    }

    private static Throwable cause(SendResult result) {
        return result.getException() == null ? new IOException("the send failed") : result.getException();
    }
}
