package dev.observatory.ws;

import dev.observatory.hub.Client;
import dev.observatory.hub.ConnectionManager;
import dev.observatory.hub.Inbound;
import dev.observatory.hub.OpenRequest;
import dev.observatory.protocol.Endpoint;
import dev.observatory.protocol.Subprotocol;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * What one session has to report to the hub. Lies in the session's user properties. Confined to the one thread at a
 * time in which the server calls for a session.
 */
final class SessionReport {

    private static final Logger LOG = System.getLogger(SessionReport.class.getName());

    private static final String KEY = SessionReport.class.getName();

    private final Session session;
    private final Inbound inbound;
    private final TextAssembler assembler;

    private SessionReport(Session session, Inbound inbound) {
        this.session = session;
        this.inbound = inbound;
        this.assembler = new TextAssembler(inbound);
    }

    static void open(Session session, ConnectionManager manager, Endpoint endpoint) {
        // -1 and not 0: with any other value Payara leaves a timer behind at every send; the hub has its own heartbeat
        session.setMaxIdleTimeout(-1);
        if (!(session.getUserPrincipal() instanceof ConnectedUser user)) {
            throw new IllegalStateException("session " + session.getId() + " has come past the handshake's filters");
        }
        Client client = new Client(
                user.identity(), endpoint, Subprotocol.of(session.getNegotiatedSubprotocol()), user.address());
        OpenRequest request = OpenRequests.of(session.getRequestParameterMap());
        Inbound inbound = manager.open(new SessionSocket(session), client, request, user.place());
        session.getUserProperties().put(KEY, new SessionReport(session, inbound));
    }

    /** The report of a session; empty when opening it has failed. */
    static Optional<SessionReport> of(Session session) {
        return Optional.ofNullable((SessionReport) session.getUserProperties().get(KEY));
    }

    void text(String part, boolean last) {
        assembler.text(part, last);
    }

    void binary(int bytes, boolean last) {
        assembler.binary(bytes, last);
    }

    void pong() {
        inbound.pong();
    }

    void closed() {
        inbound.closed();
    }

    /** Servers report faults of a message here and go on; only when the session is gone is that its end. */
    void failed(Throwable failure) {
        LOG.log(Level.DEBUG, "session " + session.getId() + " has failed", failure);
        if (!session.isOpen()) {
            inbound.closed();
        }
    }
}
