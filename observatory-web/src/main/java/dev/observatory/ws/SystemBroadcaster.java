package dev.observatory.ws;

import dev.observatory.camera.Cameras;
import dev.observatory.gpu.GpuMonitor;
import dev.observatory.hub.BroadcastResult;
import dev.observatory.hub.ConnectionManager;
import dev.observatory.message.CameraStatus;
import dev.observatory.message.GpuStats;
import dev.observatory.message.SystemStatus;
import dev.observatory.protocol.Endpoint;
import dev.observatory.system.LatestStatus;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.util.concurrent.CompletionStage;

/**
 * The door of {@code /ws/system} for other beans. What it broadcasts is the newest state from then on, which those are
 * shown who connect later. Thread-safe.
 *
 * <p>A broadcast returns at once. Its result is the number of clients that the message was handed over to completely,
 * whether they have read it or not; it is there when the last send has ended.
 */
@ApplicationScoped
public class SystemBroadcaster {

    @Inject
    ConnectionManager manager;

    @Inject
    Cameras cameras;

    @EJB
    GpuMonitor gpus;

    @Inject
    LatestStatus latest;

    // Public throughout: a container's proxy may fail to pass on package-private calls.

    /** Takes on a session that was opened. */
    public void connect(Session session) {
        SessionReport.open(session, manager, Endpoint.SYSTEM);
    }

    /** Lets a session go that has ended. */
    public void disconnect(Session session) {
        SessionReport.of(session).ifPresent(SessionReport::closed);
    }

    public CompletionStage<Integer> broadcastGpuStats(GpuStats stats) {
        Broadcast broadcast = new Broadcast(manager);
        gpus.report(stats, broadcast);
        return broadcast.sends();
    }

    /**
     * Keeps the state of a camera, which need not be known before, and tells it.
     *
     * @throws dev.observatory.camera.RefusedException when there are as many cameras as there may be
     * @throws dev.observatory.conversation.StoreUnavailableException when it cannot be kept at present
     */
    public CompletionStage<Integer> broadcastCameraStatus(CameraStatus status) {
        Broadcast broadcast = new Broadcast(manager);
        cameras.report(status, broadcast);
        return broadcast.sends();
    }

    public CompletionStage<Integer> broadcastSystemStatus(SystemStatus status) {
        return latest.tell(status, manager::broadcast).thenApply(BroadcastResult::delivered);
    }
}
