package dev.observatory.rest;

import dev.observatory.conversation.ConversationCatalog;
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

/** {@code /api/conversations}: what is known of conversations, as {@code conversation_update} tells it. */
@Path("conversations")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ConversationsResource {

    private static final int MAX_LIMIT = 1000;

    @Inject
    ConversationCatalog catalog;

    @Inject
    JsonEncoder encoder;

    /** A page of the conversations that fit, in an order, 50 unless something else is asked for. */
    @GET
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
        List<ConversationUpdate> page = left.stream().limit(limit(limit)).toList();
        boolean last = page.size() == left.size();
        return encoder.encode(new Page<>(
                page, all.size(), last ? null : Cursor.of(order.at(page.get(page.size() - 1)))));
    }

    /** One conversation with its newest records. */
    @GET
    @Path("{id}")
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

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit > 0 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // answered below, like every other number that is not allowed
        }
        throw new InvalidParameterException("limit", "limit is a number from 1 to " + MAX_LIMIT);
    }
}
