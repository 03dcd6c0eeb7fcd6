package dev.observatory.rest;

import dev.observatory.audit.AuditLine;
import dev.observatory.hub.ConnectionManager;
import dev.observatory.hub.ConnectionReport;
import dev.observatory.journal.JsonEncoder;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/connections}: who is connected, for operators, who can also end a connection. */
@Path("connections")
@RequestScoped
@Needs(Access.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
public class ConnectionsResource {

    private static final Comparator<ConnectionReport> ORDER =
            Comparator.comparing(ConnectionReport::since).thenComparing(ConnectionReport::id);

    @Inject
    ConnectionManager manager;

    @Inject
    JsonEncoder encoder;

    @Inject
    Caller caller;

    /** @param user whose connections are wanted; null for everybody's */
    @GET
    @Operation(summary = "Every open connection, the oldest first")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            properties = {
                                                @SchemaProperty(
                                                        name = "items",
                                                        type = SchemaType.ARRAY,
                                                        implementation = ConnectionReport.class),
                                                @SchemaProperty(name = "total", type = SchemaType.INTEGER)
                                            })))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public CompletionStage<String> connections(@QueryParam("user") String user) {
        return manager.reports(user).thenApply(this::page);
    }

    private String page(List<ConnectionReport> reports) {
        List<ConnectionReport> sorted = reports.stream().sorted(ORDER).toList();
        return encoder.encode(new Page<>(sorted, sorted.size(), null));
    }

    /** The client is told 4503, which says that it is not to come back by itself. */
    @DELETE
    @Path("{id}")
    @Operation(summary = "Ends a connection for good")
    @APIResponse(responseCode = "204", description = "Ended")
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public CompletionStage<Response> kick(@PathParam("id") String id) {
        AuditLine line = AuditLine.of("kicked").with("by", caller.name()).with("connection", id);
        return manager.kick(id).thenApply(user -> kicked(user, line));
    }

    private static Response kicked(Optional<String> user, AuditLine line) {
        line.with("user", user.orElseThrow(() -> new NotFoundException("no connection has that id")))
                .log();
        return Response.noContent().build();
    }
}
