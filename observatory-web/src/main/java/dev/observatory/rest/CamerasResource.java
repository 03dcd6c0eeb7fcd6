package dev.observatory.rest;

import dev.observatory.camera.Camera;
import dev.observatory.camera.Cameras;
import dev.observatory.journal.JsonEncoder;
import dev.observatory.message.CameraState;
import dev.observatory.message.Draft;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/cameras}: the cameras that are known, and where they or their keepers say how they are. */
@Path("cameras")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class CamerasResource {

    @Inject
    Cameras cameras;

    @Inject
    Ingest ingest;

    @Inject
    Event<Draft> drafts;

    @Inject
    JsonEncoder encoder;

    @GET
    @Operation(summary = "All cameras, by id")
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
                                                        implementation = Camera.class),
                                                @SchemaProperty(name = "total", type = SchemaType.INTEGER)
                                            })))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String cameras() {
        List<Camera> all = cameras.all();
        return encoder.encode(new Page<>(all, all.size(), null));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One camera")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(schema = @Schema(implementation = Camera.class)))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String camera(@PathParam("id") String id) {
        return cameras.camera(id)
                .map(encoder::encode)
                .orElseThrow(() -> new NotFoundException("no camera has that id"));
    }

    /** Fields that are left out stay as they are. */
    @PUT
    @Path("{id}")
    @Needs(Access.PUBLISH)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Registers a camera, or changes its name or state")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Registration.class)))
    @APIResponse(
            responseCode = "200",
            description = "The camera as it is now",
            content = @Content(schema = @Schema(implementation = Camera.class)))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String put(@PathParam("id") String id, InputStream body) throws IOException {
        Fields fields = ingest.object(body);
        String name = fields.text("name");
        CameraState status = fields.constant("status", CameraState.class);
        return answer(fields, () -> cameras.put(id, name, status, drafts::fire));
    }

    @POST
    @Path("{id}/heartbeat")
    @Needs(Access.PUBLISH)
    @Operation(summary = "Says that a camera is there; one that was not known is from then on")
    @APIResponse(
            responseCode = "200",
            description = "The camera as it is now",
            content = @Content(schema = @Schema(implementation = Camera.class)))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String heartbeat(@PathParam("id") String id) {
        return answer(Fields.NONE, () -> cameras.alive(id, drafts::fire));
    }

    private String answer(Fields fields, Supplier<Camera> change) {
        return encoder.encode(fields.make(() -> Ingest.refusing(List.of(fields), change)));
    }

    /** What is sent; for the description only. */
    @Schema(name = "Registration")
    record Registration(String name, CameraState status) {}
}
