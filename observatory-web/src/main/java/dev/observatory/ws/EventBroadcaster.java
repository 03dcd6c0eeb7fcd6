package dev.observatory.ws;

import dev.observatory.camera.EventIntake;
import dev.observatory.hub.ConnectionManager;
import dev.observatory.message.Detection;
import dev.observatory.message.SecurityEvent;
import dev.observatory.protocol.Endpoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The door of {@code /ws/events} for other beans. What it broadcasts is kept first, as what is reported by REST is, and
 * so is shown to those who connect later. Thread-safe.
 *
 * <p>A broadcast returns at once. Its result is the number of clients that the message was handed over to completely,
 * whether they have read it or not; it is there when the last send has ended.
 */
@ApplicationScoped
public class EventBroadcaster {

    @Inject
    ConnectionManager manager;

    @Inject
    EventIntake intake;

    // Public throughout: a container's proxy may fail to pass on package-private calls.

    /** Takes on a session that was opened. */
    public void connect(Session session) {
        SessionReport.open(session, manager, Endpoint.EVENTS);
    }

    /** Lets a session go that has ended. */
    public void disconnect(Session session) {
        SessionReport.of(session).ifPresent(SessionReport::closed);
    }

    /**
     * Keeps an event and tells it.
     *
     * @throws dev.observatory.camera.RefusedException when its camera is unknown or its id is not
     * @throws dev.observatory.camera.BusyException when too much waits to be kept
     * @throws dev.observatory.conversation.StoreUnavailableException when it cannot be kept at present
     */
    public CompletionStage<Integer> broadcastNewEvent(SecurityEvent event) {
        Broadcast broadcast = new Broadcast(manager);
        intake.takeEvents(List.of(event), broadcast);
        return broadcast.sends();
    }

    /**
     * Keeps a detection and tells it.
     *
     * @throws dev.observatory.camera.RefusedException when its camera is unknown or its id is not
     * @throws dev.observatory.camera.BusyException when too much waits to be kept
     * @throws dev.observatory.conversation.StoreUnavailableException when it cannot be kept at present
     */
    public CompletionStage<Integer> broadcastDetection(Detection detection) {
        Broadcast broadcast = new Broadcast(manager);
        intake.takeDetections(List.of(detection), broadcast);
        return broadcast.sends();
    }
}
