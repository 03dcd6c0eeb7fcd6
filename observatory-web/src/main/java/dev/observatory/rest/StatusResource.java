package dev.observatory.rest;

import dev.observatory.conversation.ConversationCatalog;
import dev.observatory.hub.ConnectionManager;
import dev.observatory.hub.HubCensus;
import dev.observatory.journal.Journal;
import dev.observatory.journal.JsonEncoder;
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

/** {@code GET /api/status}: what is watched and how far, what is known, who is connected. */
@Path("status")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {

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
    public CompletionStage<String> status() {
        return manager.census()
                .thenApply(hub -> encoder.encode(new Status(
                        watcher.status(),
                        catalog.conversations().size(),
                        catalog.projects().size(),
                        journal.epoch(),
                        journal.pos(),
                        hub)));
    }

    /** What is answered. */
    public record Status(WatchStatus watch, int conversations, int projects, String epoch, long pos, HubCensus hub) {}
}
