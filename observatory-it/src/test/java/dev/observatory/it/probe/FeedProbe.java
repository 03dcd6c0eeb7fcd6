package dev.observatory.it.probe;

import dev.observatory.journal.JsonEncoder;
import dev.observatory.message.CameraState;
import dev.observatory.message.CameraStatus;
import dev.observatory.message.Detection;
import dev.observatory.message.GpuStats;
import dev.observatory.message.HealthStatus;
import dev.observatory.message.RiskLevel;
import dev.observatory.message.SecurityEvent;
import dev.observatory.message.SystemStatus;
import dev.observatory.ws.EventBroadcaster;
import dev.observatory.ws.SystemBroadcaster;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls the broadcasters as other beans do, and answers to how many clients each message was sent. */
@Path("probe/feed")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class FeedProbe {

    private static final int PATIENCE_SECONDS = 20;

    @Inject
    EventBroadcaster events;

    @Inject
    SystemBroadcaster system;

    @Inject
    JsonEncoder encoder;

    @POST
    @Path("event")
    public String event(@QueryParam("id") String id, @QueryParam("camera") String camera) throws Exception {
        return sent(events.broadcastNewEvent(event(id, camera, "because")));
    }

    @POST
    @Path("detection")
    public String detection(@QueryParam("id") String id, @QueryParam("camera") String camera) throws Exception {
        return sent(
                events.broadcastDetection(new Detection(id, camera, "person", 0.875, Instant.now(), 10, 20, 300, 400)));
    }

    @POST
    @Path("gpu")
    public String gpu(@QueryParam("index") int index) throws Exception {
        return sent(system.broadcastGpuStats(
                new GpuStats(index, "H200", 93, 1L << 30, 141L << 30, 61, 29.5, Instant.now())));
    }

    @POST
    @Path("camera")
    public String camera(@QueryParam("id") String id) throws Exception {
        return sent(system.broadcastCameraStatus(new CameraStatus(id, CameraState.ERROR, Instant.now())));
    }

    @POST
    @Path("status")
    public String status(@QueryParam("messagesPerS") double messagesPerS) throws Exception {
        return sent(system.broadcastSystemStatus(
                new SystemStatus(HealthStatus.OK, Instant.now(), List.of(), 0, messagesPerS, null, null, null, null)));
    }

    /**
     * Broadcasts large events, one after the other and without waiting for any, and answers how many had not been sent to
     * everybody when the last call returned, and to how many each was sent at the end.
     */
    @POST
    @Path("burst")
    public String burst(
            @QueryParam("camera") String camera, @QueryParam("count") int count, @QueryParam("bytes") int bytes)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<CompletionStage<Integer>> sends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sends.add(events.broadcastNewEvent(event(camera + "-" + i, camera, "x".repeat(bytes))));
        }
        long pending = sends.stream()
                .filter(send -> !send.toCompletableFuture().isDone())
                .count();
        List<Integer> sent = new ArrayList<>();
        for (CompletionStage<Integer> send : sends) {
            sent.add(send.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        return encoder.encode(Map.of("pending", pending, "sent", sent));
    }

    private static SecurityEvent event(String id, String camera, String reasoning) {
        Instant now = Instant.now();
        return new SecurityEvent(
                id, camera, 42, RiskLevel.MEDIUM, "a parcel is delivered", reasoning, now.minusSeconds(3), now);
    }

    private String sent(CompletionStage<Integer> send)
            throws InterruptedException, ExecutionException, TimeoutException {
        return encoder.encode(Map.of("sent", send.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS)));
    }
}
