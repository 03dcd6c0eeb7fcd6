package dev.observatory.rest;

import dev.observatory.camera.CameraStore;
import dev.observatory.camera.CameraStore.Mark;
import dev.observatory.camera.DetectionQuery;
import dev.observatory.camera.EventIntake;
import dev.observatory.journal.JsonEncoder;
import dev.observatory.message.Detection;
import dev.observatory.message.Draft;
import dev.observatory.rest.Ingest.Request;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
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
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/detections}: the objects that a detector found in the pictures of cameras. */
@Path("detections")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class DetectionsResource {

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
    @Operation(summary = "Takes a detection, or several")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Detection.class)),
                @Content(mediaType = Ingest.NDJSON, schema = @Schema(implementation = Detection.class))
            })
    @APIResponse(responseCode = "201", description = "Kept and told: the id of one, or the ids of many")
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public Response report(
            @HeaderParam("Idempotency-Key") String idempotencyKey, @Context HttpHeaders headers, InputStream body)
            throws IOException {
        Request request = new Request("detection", caller.name(), idempotencyKey, headers.getMediaType());
        String answer = ingest.take(
                request,
                body,
                DetectionsResource::detection,
                Detection::id,
                reported -> intake.takeDetections(reported, drafts::fire));
        return Response.status(Status.CREATED).entity(answer).build();
    }

    private static Detection detection(Fields fields) {
        String id = fields.text("id");
        return fields.make(() -> new Detection(
                id == null ? UUID.randomUUID().toString() : id,
                fields.text("camera_id"),
                fields.text("object_type"),
                fields.required("confidence", fields.number("confidence")),
                fields.time("detected_at"),
                fields.required("bbox_x", fields.integer("bbox_x")),
                fields.required("bbox_y", fields.integer("bbox_y")),
                fields.required("bbox_width", fields.integer("bbox_width")),
                fields.required("bbox_height", fields.integer("bbox_height"))));
    }

    @GET
    @Operation(summary = "A page of the detections that fit, the newest first")
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
                                                        implementation = Detection.class),
                                                @SchemaProperty(name = "next_cursor", type = SchemaType.STRING)
                                            })))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String detections(
            @QueryParam("camera_id") String camera,
            @QueryParam("since") String since,
            @QueryParam("until") String until,
            @QueryParam("object_type") String objectType,
            @QueryParam("min_confidence") String minConfidence,
            @QueryParam("limit") @DefaultValue("50") String limit,
            @QueryParam("cursor") String cursor) {
        int most = Parameter.limit(limit, MAX_LIMIT);
        DetectionQuery query = new DetectionQuery(
                camera,
                Parameter.time("since", since),
                Parameter.time("until", until),
                objectType,
                Parameter.number("min_confidence", minConfidence, 1, Function.identity()),
                cursor == null ? null : Cursor.parseTimed(cursor, Mark::new),
                most + 1);
        return encoder.encode(Slice.of(
                store.detections(query), most, detection -> Cursor.timed(detection.detectedAt(), detection.id())));
    }
}
