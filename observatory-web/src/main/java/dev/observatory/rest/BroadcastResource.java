package dev.observatory.rest;

import dev.observatory.journal.JsonEncoder;
import dev.observatory.rest.BroadcastReader.Body;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code POST /api/broadcast}: tells the subscribers of a topic, or the connections of a user, what comes from outside. */
@Path("broadcast")
@RequestScoped
@Needs(Access.PUBLISH)
@Produces(MediaType.APPLICATION_JSON)
public class BroadcastResource {

    @Inject
    Publisher publisher;

    @Inject
    JsonEncoder encoder;

    @Inject
    Caller caller;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Broadcasts a message, or several, to a topic or a user")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(oneOf = {Broadcast.class, Broadcast[].class})))
    @APIResponse(
            responseCode = "200",
            description = "The numbers of each message; an object for an object, an array for an array",
            content = @Content(schema = @Schema(oneOf = {Published.class, Published[].class})))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String broadcast(InputStream body) throws IOException {
        BroadcastLimits limits = publisher.limits();
        byte[] bytes = BoundedBody.read(
                body, limits.maxBodyBytes(), "a broadcast has at most " + limits.maxBodyBytes() + " bytes");
        Body read = new BroadcastReader(limits).read(bytes);
        List<Published> published = publisher.publish(caller.name(), read.publications());
        return encoder.encode(read.isArray() ? published : published.get(0));
    }

    /** What is sent; for the description only, because {@code data} can be anything. */
    @Schema(name = "Broadcast")
    record Broadcast(
            @Schema(description = "topic:<name>; this or user")
            String channel,

            @Schema(description = "the name of a user; this or channel")
            String user,

            @Schema(description = "notice, for a user, unless said otherwise")
            String type,

            @Schema(required = true, description = "any JSON but null")
            Object data,

            @Schema(
                    description = "that of the channel: high for a user, normal for a topic",
                    enumeration = {"high", "normal", "low"})
            String priority,

            String conflationKey,

            @Schema(description = "ISO 8601", example = "PT1H")
            String keepFor,

            String idempotencyKey) {}
}
