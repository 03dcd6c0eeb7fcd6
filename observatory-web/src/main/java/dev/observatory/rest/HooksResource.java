package dev.observatory.rest;

import dev.observatory.conversation.ConversationCatalog;
import dev.observatory.conversation.HookEvent;
import dev.observatory.watch.TranscriptWatcher;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * {@code POST /api/hooks/claude-code}: takes what Claude Code's hooks send, as it is.
 *
 * <p>Whoever may report is told whether a conversation is known, whatever they may see of it: the reports of one session
 * come from one machine. The answers have no body: Claude Code takes a text for context that the model is to read, and JSON for orders.
 */
@Path("hooks/claude-code")
@RequestScoped
@Needs(Access.PUBLISH)
public class HooksResource {

    /** The largest event, bytes. */
    static final int MAX_BYTES = 1 << 20;

    private static final HookReader READER = new HookReader();

    @EJB
    TranscriptWatcher watcher;

    @Inject
    ConversationCatalog catalog;

    /** 204, or 202 if the conversation is not known yet and the event is held for it. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Takes an event of Claude Code's hooks, as it is")
    @APIResponse(responseCode = "202", description = "Held until the conversation is known")
    @APIResponse(responseCode = "204", description = "Taken")
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public Response report(InputStream body) throws IOException {
        Instant now = Instant.now();
        byte[] bytes = BoundedBody.read(body, MAX_BYTES, "an event of a hook has at most " + MAX_BYTES + " bytes");
        boolean known = READER.read(bytes, now).map(this::isKnown).orElse(true);
        return Response.status(known ? Status.NO_CONTENT : Status.ACCEPTED).build();
    }

    private boolean isKnown(HookEvent event) {
        if (!watcher.report(event)) {
            throw new ServiceUnavailableException("too many events of hooks wait", 1L);
        }
        return catalog.conversation(event.conversationId()).isPresent();
    }
}
