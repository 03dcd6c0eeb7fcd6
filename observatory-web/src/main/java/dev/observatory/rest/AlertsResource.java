package dev.observatory.rest;

import dev.observatory.alert.AlertStore.Mark;
import dev.observatory.alert.Alerts;
import dev.observatory.journal.JsonEncoder;
import dev.observatory.message.Alert;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/alerts}: what operators should know of, and where they say that they do. */
@Path("alerts")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class AlertsResource {

    private static final int MAX_LIMIT = 1000;

    @Inject
    Alerts alerts;

    @Inject
    JsonEncoder encoder;

    @Inject
    Caller caller;

    /** Those that are open come all at once: there are never more than {@code observatory.alerts.max-open}. */
    @GET
    @Operation(summary = "Alerts, the newest first: those that are open, or a page of all")
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
                                                        implementation = Alert.class),
                                                @SchemaProperty(name = "next_cursor", type = SchemaType.STRING)
                                            })))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String alerts(
            @QueryParam("state") @DefaultValue("open") String state,
            @QueryParam("limit") @DefaultValue("50") String limit,
            @QueryParam("cursor") String cursor) {
        return switch (state) {
            case "open" -> encoder.encode(new Slice<>(alerts.open(), null));
            case "all" -> {
                int most = Parameter.limit(limit, MAX_LIMIT);
                List<Alert> found = alerts.all(cursor == null ? null : Cursor.parseTimed(cursor, Mark::new), most + 1);
                yield encoder.encode(Slice.of(found, most, alert -> Cursor.timed(alert.raisedAt(), alert.id())));
            }
            default -> throw new InvalidParameterException("state", "state is open or all");
        };
    }

    /** One that tells of something that is over already, such as an event of high risk, is resolved by it. */
    @POST
    @Path("{id}/acknowledge")
    @Needs(Access.ADMIN)
    @Operation(summary = "Says that an operator knows of an alert")
    @APIResponse(
            responseCode = "200",
            description = "The alert as it is now",
            content = @Content(schema = @Schema(implementation = Alert.class)))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String acknowledge(@PathParam("id") String id) {
        return alerts.acknowledge(id, caller.name())
                .map(encoder::encode)
                .orElseThrow(() -> new NotFoundException("no alert has that id"));
    }
}
