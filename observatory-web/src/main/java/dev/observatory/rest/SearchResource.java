package dev.observatory.rest;

import dev.observatory.journal.JsonEncoder;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.search.ConversationSearch;
import dev.observatory.search.InvalidQueryException;
import dev.observatory.search.SearchHit;
import dev.observatory.search.SearchOrder;
import dev.observatory.search.SearchPage;
import dev.observatory.search.SearchRequest;
import dev.observatory.search.SearchUnavailableException;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /api/search}: the records in which something is said. */
@Path("search")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SearchResource {

    private static final int MAX_LIMIT = 100;

    @EJB
    ConversationSearch search;

    @Inject
    VisibleCatalog catalog;

    @Inject
    JsonEncoder encoder;

    /** A page of what is found, the best 20 unless something else is asked for. */
    @GET
    @Operation(summary = "A page of the records in which something is said")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String find(
            @QueryParam("q") String text,
            @QueryParam("project") String project,
            @QueryParam("conversation") String conversation,
            @QueryParam("agent") String agent,
            @QueryParam("since") String since,
            @QueryParam("until") String until,
            @QueryParam("sort") @DefaultValue("relevance") String sort,
            @QueryParam("limit") @DefaultValue("20") String limit,
            @QueryParam("cursor") String cursor) {
        if (text == null) {
            throw new InvalidParameterException("q", "q says what is looked for");
        }
        SearchOrder order = order(sort);
        SearchPage page = find(new SearchRequest(
                text,
                catalog.conversationIds(project, conversation),
                agent,
                Parameter.time("since", since),
                Parameter.time("until", until),
                order,
                Parameter.limit(limit, MAX_LIMIT),
                cursor == null ? null : SearchCursor.parse(order, cursor)));
        return encoder.encode(new Answer(
                page.hits().stream().map(this::described).toList(),
                page.total(),
                page.totalIsExact() ? null : Boolean.TRUE,
                page.next() == null ? null : SearchCursor.of(order, page.next()),
                catalog.isComplete() ? page.behind() : null));
    }

    private SearchPage find(SearchRequest request) {
        try {
            return search.search(request);
        } catch (InvalidQueryException e) {
            throw new InvalidParameterException("q", e.getMessage());
        } catch (SearchUnavailableException e) {
            throw new ServiceUnavailableException(e.getMessage());
        }
    }

    private FoundRecord described(SearchHit hit) {
        Optional<ConversationUpdate> conversation =
                Optional.ofNullable(hit.conversationId()).flatMap(catalog::conversation);
        return FoundRecord.of(
                hit,
                conversation.map(ConversationUpdate::projectId).orElse(null),
                conversation.map(ConversationUpdate::title).orElse(null));
    }

    private static SearchOrder order(String sort) {
        return switch (sort) {
            case "relevance" -> SearchOrder.RELEVANCE;
            case "-at" -> SearchOrder.NEWEST;
            default -> throw new InvalidParameterException("sort", "sort is relevance or -at");
        };
    }

    /**
     * What is answered: a {@link Page} with what is to be known of a search besides.
     *
     * @param totalIsMinimum true when there is even more than {@code total}, null otherwise
     * @param behind how many turns of reading are kept, but cannot be found yet; null for those who may not see all
     */
    public record Answer(List<FoundRecord> items, long total, Boolean totalIsMinimum, String nextCursor, Long behind) {}
}
