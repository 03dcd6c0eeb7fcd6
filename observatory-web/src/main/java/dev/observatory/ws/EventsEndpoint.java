package dev.observatory.ws;

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
 * {@code /ws/events}: what happens in front of cameras. Without state, for the reasons of {@link ConsoleEndpoint}.
 */
@Dependent
@ServerEndpoint(
        value = "/ws/events",
        subprotocols = {"observatory.v1.deflate", "observatory.v1"})
public class EventsEndpoint {

    @Inject
    EventBroadcaster broadcaster;

    @OnOpen
    public void opened(Session session) {
        broadcaster.connect(session);
    }

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
        broadcaster.disconnect(session);
    }

    @OnError
    public void failed(Session session, Throwable failure) {
        SessionReport.of(session).ifPresent(report -> report.failed(failure));
    }
}
