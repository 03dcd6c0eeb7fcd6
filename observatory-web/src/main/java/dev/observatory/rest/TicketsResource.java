package dev.observatory.rest;

import dev.observatory.auth.Tickets;
import dev.observatory.auth.Tickets.Ticket;
import dev.observatory.journal.JsonEncoder;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code POST /api/tickets}: lets whoever asks open one WebSocket without a token, with the same rights. */
@Path("tickets")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TicketsResource {

    @Inject
    Tickets tickets;

    @Inject
    JsonEncoder encoder;

    @Inject
    Caller caller;

    @POST
    @Operation(summary = "A ticket for one WebSocket handshake, given there as ?ticket=")
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = Ticket.class)))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public Response ticket() {
        return Response.status(Status.CREATED)
                .entity(encoder.encode(tickets.issue(caller.identity())))
                .build();
    }
}
