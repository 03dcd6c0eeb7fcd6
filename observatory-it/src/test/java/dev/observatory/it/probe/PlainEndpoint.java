package dev.observatory.it.probe;

import jakarta.enterprise.context.Dependent;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A broadcast as tutorials of Jakarta WebSocket have it, for Observatory to be measured against. */
@Dependent
@ServerEndpoint("/plain")
public class PlainEndpoint {

    private static final Set<Session> SESSIONS = ConcurrentHashMap.newKeySet();

    @OnOpen
    public void opened(Session session) {
        SESSIONS.add(session);
    }

    @OnClose
    public void closed(Session session) {
        SESSIONS.remove(session);
    }

    static void broadcast(String text) {
        for (Session session : SESSIONS) {
            session.getAsyncRemote().sendText(text);
        }
    }
}
