package dev.observatory.rest;

import dev.observatory.audit.AuditLine;
import dev.observatory.hub.ConnectionManager;
import dev.observatory.journal.JsonEncoder;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * {@code /api/drain}: sends all clients away and takes no new ones, for operators who are about to stop this node. Both
 * ways do nothing when it is so already.
 */
@Path("drain")
@RequestScoped
@Needs(Access.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
public class DrainResource {

    @Inject
    ConnectionManager manager;

    @Inject
    JsonEncoder encoder;

    @Inject
    Caller caller;

    @GET
    @Operation(summary = "Whether clients are sent away")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(schema = @Schema(implementation = Drain.class)))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String drain() {
        return encoder.encode(new Drain(manager.isDraining()));
    }

    @PUT
    @Operation(
            summary = "Sends all clients away, each with a time after which it is to come back, and takes no new ones")
    @APIResponse(responseCode = "204", description = "It has begun, or had already")
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public void on() {
        audit("on");
        manager.drain();
    }

    @DELETE
    @Operation(summary = "Takes clients again")
    @APIResponse(responseCode = "204", description = "Done")
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public void off() {
        audit("off");
        manager.accept();
    }

    private void audit(String what) {
        AuditLine.of("drain").with("by", caller.name()).with("turned", what).log();
    }

    /** What is answered. */
    public record Drain(boolean draining) {}
}
