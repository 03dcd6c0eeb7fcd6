package dev.observatory.rest;

import dev.observatory.conversation.Agent;
import dev.observatory.conversation.ConversationDetails;
import dev.observatory.conversation.ToolCall;
import dev.observatory.conversation.Usage;
import dev.observatory.journal.JsonEncoder;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /api/conversations/{id}/details}: the agents, the tool calls and the use of one conversation. */
@Path("conversations/{id}/details")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class DetailsResource {

    /** Most tool calls in one answer. */
    static final int MAX_TOOL_CALLS = 10_000;

    @Inject
    VisibleCatalog catalog;

    @Inject
    JsonEncoder encoder;

    /** @param toolCalls how many of the last tool calls are wanted */
    @GET
    @Operation(summary = "The agents, the tool calls and the use of tokens of one conversation")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(schema = @Schema(implementation = Details.class)))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String details(
            @PathParam("id") String id, @QueryParam("tool_calls") @DefaultValue("1000") String toolCalls) {
        int wanted = wanted(toolCalls);
        if (catalog.conversation(id).isEmpty()) {
            throw new NotFoundException("no conversation has that id");
        }
        ConversationDetails details = catalog.details(id);
        List<ToolCall> calls = details.toolCalls();
        int omitted = Math.max(0, calls.size() - wanted);
        return encoder.encode(
                new Details(details.agents(), details.usage(), calls.subList(omitted, calls.size()), omitted));
    }

    private static int wanted(String text) {
        try {
            int wanted = Integer.parseInt(text);
            if (wanted >= 0 && wanted <= MAX_TOOL_CALLS) {
                return wanted;
            }
        } catch (NumberFormatException notANumber) {
            // answered below, like every other number that is not allowed
        }
        throw new InvalidParameterException("tool_calls", "tool_calls is a number from 0 to " + MAX_TOOL_CALLS);
    }

    /**
     * What is answered.
     *
     * @param toolCallsOmitted how many earlier ones are left out
     */
    public record Details(List<Agent> agents, List<Usage> usage, List<ToolCall> toolCalls, int toolCallsOmitted) {}
}
