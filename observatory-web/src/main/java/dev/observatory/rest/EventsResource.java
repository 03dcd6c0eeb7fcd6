package dev.observatory.rest;

import dev.observatory.camera.CameraStore;
import dev.observatory.camera.CameraStore.Mark;
import dev.observatory.camera.EventIntake;
import dev.observatory.camera.EventQuery;
import dev.observatory.journal.JsonEncoder;
import dev.observatory.message.Draft;
import dev.observatory.message.RiskLevel;
import dev.observatory.message.SecurityEvent;
import dev.observatory.rest.Ingest.Request;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/events}: what happened in front of cameras, reported by an analyser and asked for by anybody. */
@Path("events")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class EventsResource {

    private static final int MAX_LIMIT = 1000;

    @Inject
    EventIntake intake;

    @Inject
    CameraStore store;

    @Inject
    Ingest ingest;

    @Inject
    Event<Draft> drafts;

    @Inject
    JsonEncoder encoder;

    @Inject
    Caller caller;

    /** One as JSON, or many as lines of it; all of them are taken or none. */
    @POST
    @Needs(Access.PUBLISH)
    @Consumes({MediaType.APPLICATION_JSON, Ingest.NDJSON})
    @Operation(summary = "Takes an event, or several")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = SecurityEvent.class)),
                @Content(mediaType = Ingest.NDJSON, schema = @Schema(implementation = SecurityEvent.class))
            })
    @APIResponse(responseCode = "201", description = "Kept and told: the id of one, or the ids of many")
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public Response report(
            @HeaderParam("Idempotency-Key") String idempotencyKey, @Context HttpHeaders headers, InputStream body)
            throws IOException {
        Request request = new Request("new_event", caller.name(), idempotencyKey, headers.getMediaType());
        String answer = ingest.take(
                request,
                body,
                EventsResource::event,
                SecurityEvent::id,
                reported -> intake.takeEvents(reported, drafts::fire));
        return Response.status(Status.CREATED).entity(answer).build();
    }

    private static SecurityEvent event(Fields fields) {
        String id = fields.text("id");
        return fields.make(() -> new SecurityEvent(
                id == null ? UUID.randomUUID().toString() : id,
                fields.text("camera_id"),
                fields.required("risk_score", fields.integer("risk_score")),
                fields.constant("risk_level", RiskLevel.class),
                fields.text("summary"),
                fields.text("reasoning"),
                fields.time("started_at"),
                fields.time("ended_at")));
    }

    @GET
    @Operation(summary = "A page of the events that fit, the newest first")
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
                                                        implementation = SecurityEvent.class),
                                                @SchemaProperty(name = "next_cursor", type = SchemaType.STRING)
                                            })))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String events(
            @QueryParam("camera_id") String camera,
            @QueryParam("since") String since,
            @QueryParam("until") String until,
            @QueryParam("risk_level") String riskLevel,
            @QueryParam("min_risk_score") String minRiskScore,
            @QueryParam("limit") @DefaultValue("50") String limit,
            @QueryParam("cursor") String cursor) {
        int most = Parameter.limit(limit, MAX_LIMIT);
        EventQuery query = new EventQuery(
                camera,
                Parameter.time("since", since),
                Parameter.time("until", until),
                Parameter.constant("risk_level", riskLevel, RiskLevel.class),
                Parameter.number("min_risk_score", minRiskScore, SecurityEvent.MAX_RISK_SCORE, Double::intValue),
                cursor == null ? null : Cursor.parseTimed(cursor, Mark::new),
                most + 1);
        return encoder.encode(
                Slice.of(store.events(query), most, event -> Cursor.timed(event.startedAt(), event.id())));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One event")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(schema = @Schema(implementation = SecurityEvent.class)))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String event(@PathParam("id") String id) {
        return store.event(id).map(encoder::encode).orElseThrow(() -> new NotFoundException("no event has that id"));
    }
}
