package dev.observatory.ws;

import dev.observatory.hub.ConnectionManager;
import dev.observatory.protocol.Endpoint;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;

/**
 * {@code /ws}: conversations, projects, files and alerts. Without state, because servers disagree on how many instances
 * there are; what belongs to a session lies in its user properties.
 */
@Dependent
@ServerEndpoint(
        value = "/ws",
        subprotocols = {"observatory.v1.deflate", "observatory.v1"})
public class ConsoleEndpoint {

    @Inject
    ConnectionManager manager;

    @OnOpen
    public void opened(Session session) {
        SessionReport.open(session, manager, Endpoint.CONSOLE);
    }

    /** In parts, because only so both servers let us count what is coming in before all of it is in memory. */
    @OnMessage
    public void text(Session session, String part, boolean last) {
        SessionReport.of(session).ifPresent(report -> report.text(part, last));
    }

    @OnMessage
    public void binary(Session session, ByteBuffer part, boolean last) {
        SessionReport.of(session).ifPresent(report -> report.binary(part.remaining(), last));
    }

    @OnMessage
    public void pong(Session session, PongMessage pong) {
        SessionReport.of(session).ifPresent(report -> report.pong());
    }

    @OnClose
    public void closed(Session session, CloseReason reason) {
        SessionReport.of(session).ifPresent(report -> report.closed());
    }

    @OnError
    public void failed(Session session, Throwable failure) {
        SessionReport.of(session).ifPresent(report -> report.failed(failure));
    }
}
