package dev.observatory.rest;

import dev.observatory.journal.JsonEncoder;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.rest.ConversationOrder.Place;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
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

/** {@code /api/conversations}: what is known of conversations, as {@code conversation_update} tells it. */
@Path("conversations")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ConversationsResource {

    private static final int MAX_LIMIT = 1000;

    @Inject
    VisibleCatalog catalog;

    @Inject
    JsonEncoder encoder;

    /** A page of the conversations that fit, in an order, 50 unless something else is asked for. */
    @GET
    @Operation(summary = "A page of the conversations that fit, in an order")
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
                                                        implementation = ConversationUpdate.class),
                                                @SchemaProperty(name = "total", type = SchemaType.INTEGER),
                                                @SchemaProperty(name = "next_cursor", type = SchemaType.STRING)
                                            })))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String conversations(
            @QueryParam("project") String project,
            @QueryParam("state") String state,
            @QueryParam("text") String text,
            @QueryParam("since") String since,
            @QueryParam("until") String until,
            @QueryParam("sort") @DefaultValue("-updated_at") String sort,
            @QueryParam("limit") @DefaultValue("50") String limit,
            @QueryParam("cursor") String cursor) {
        ConversationFilter filter = ConversationFilter.parse(project, state, text, since, until);
        ConversationOrder order = ConversationOrder.parse(sort);
        List<ConversationUpdate> all =
                catalog.conversations().stream().filter(filter).sorted(order).toList();
        List<ConversationUpdate> left = cursor == null ? all : behind(all, order, Cursor.parse(cursor));
        List<ConversationUpdate> page =
                left.stream().limit(Parameter.limit(limit, MAX_LIMIT)).toList();
        boolean last = page.size() == left.size();
        return encoder.encode(new Page<>(
                page, all.size(), last ? null : Cursor.of(order.at(page.get(page.size() - 1)))));
    }

    /** One conversation with its newest records. */
    @GET
    @Path("{id}")
    @Operation(summary = "One conversation with its newest records")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(schema = @Schema(implementation = ConversationUpdate.class)))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String conversation(@PathParam("id") String id) {
        return catalog.conversation(id)
                .map(conversation -> conversation.withRecords(catalog.recentRecords(id)))
                .map(encoder::encode)
                .orElseThrow(() -> new NotFoundException("no conversation has that id"));
    }

    private static List<ConversationUpdate> behind(List<ConversationUpdate> all, ConversationOrder order, Place place) {
        return all.stream()
                .filter(conversation -> order.isBehind(conversation, place))
                .toList();
    }
}
