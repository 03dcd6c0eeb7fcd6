package dev.observatory.rest;

import dev.observatory.hub.ConnectionManager;
import dev.observatory.hub.HubCensus;
import dev.observatory.journal.Journal;
import dev.observatory.journal.JsonEncoder;
import dev.observatory.message.HealthStatus;
import dev.observatory.system.SystemMonitor;
import dev.observatory.watch.TranscriptWatcher;
import dev.observatory.watch.WatchStatus;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /api/status}: how it is, what is watched and how far, what is known, who is connected. */
@Path("status")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {

    @EJB
    SystemMonitor monitor;

    @EJB
    TranscriptWatcher watcher;

    @Inject
    VisibleCatalog catalog;

    @Inject
    ConnectionManager manager;

    @Inject
    Journal journal;

    @Inject
    JsonEncoder encoder;

    @GET
    @Operation(summary = "What is watched and how far, what is known, who is connected")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(schema = @Schema(implementation = Status.class)))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public CompletionStage<String> status() {
        // counted here: whoever goes on when the census is there, does not know whose request it was
        int conversations = catalog.conversations().size();
        int projects = catalog.projects().size();
        if (!catalog.isComplete()) {
            return CompletableFuture.completedStage(encoder.encode(status(null, conversations, projects, null)));
        }
        return manager.census()
                .thenApply(hub -> encoder.encode(status(watcher.status(), conversations, projects, hub)));
    }

    private Status status(WatchStatus watch, int conversations, int projects, HubCensus hub) {
        return new Status(
                monitor.health().status(), watch, conversations, projects, journal.epoch(), journal.pos(), hub);
    }

    /**
     * What is answered.
     *
     * @param watch null for who does not see everything, because its figures are about all there is; so is {@code hub}
     * @param conversations how many of them the caller sees, as with {@code projects}
     */
    public record Status(
            HealthStatus health,
            WatchStatus watch,
            int conversations,
            int projects,
            String epoch,
            long pos,
            HubCensus hub) {}
}
