package dev.observatory.rest;

import dev.observatory.conversation.ConversationCatalog;
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
    ConversationCatalog catalog;

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
        return manager.census()
                .thenApply(hub -> encoder.encode(new Status(
                        monitor.health().status(),
                        watcher.status(),
                        catalog.conversations().size(),
                        catalog.projects().size(),
                        journal.epoch(),
                        journal.pos(),
                        hub)));
    }

    /** What is answered. */
    public record Status(
            HealthStatus health,
            WatchStatus watch,
            int conversations,
            int projects,
            String epoch,
            long pos,
            HubCensus hub) {}
}
