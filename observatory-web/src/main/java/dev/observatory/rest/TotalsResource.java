package dev.observatory.rest;

import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.UsageQuery;
import dev.observatory.conversation.UsageTotal;
import dev.observatory.journal.JsonEncoder;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code GET /api/totals}: tokens and cost by project, branch, model and day. */
@Path("totals")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TotalsResource {

    /** Most rows in one answer. */
    static final int MAX_ROWS = 10_000;

    private static final Comparator<UsageTotal> ORDER = by(UsageTotal::day)
            .thenComparing(by(UsageTotal::projectId))
            .thenComparing(by(UsageTotal::branch))
            .thenComparing(by(UsageTotal::model));

    @Inject
    VisibleCatalog catalog;

    @Inject
    ConversationStore store;

    @Inject
    JsonEncoder encoder;

    /**
     * Totals, sorted by day, project, branch and model; what is not known comes first.
     *
     * @param by names of what is told apart, separated by commas; without any there is one total of all
     */
    @GET
    @Operation(summary = "Tokens and cost by project, branch, model and day")
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
                                                        implementation = UsageTotal.class),
                                                @SchemaProperty(name = "total", type = SchemaType.INTEGER)
                                            })))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String totals(
            @QueryParam("by") String by,
            @QueryParam("project") String project,
            @QueryParam("since") String since,
            @QueryParam("until") String until) {
        UsageQuery query = TotalsQuery.parse(by, catalog.projectIds(project), since, until);
        List<UsageTotal> totals = store.usage(query);
        if (totals.size() > MAX_ROWS) {
            throw new InvalidParameterException(
                    "by",
                    "by leads to " + totals.size() + " rows, and " + MAX_ROWS
                            + " are the most; ask for less by project, since and until");
        }
        return encoder.encode(new Page<>(totals.stream().sorted(ORDER).toList(), totals.size(), null));
    }

    private static <T extends Comparable<? super T>> Comparator<UsageTotal> by(Function<UsageTotal, T> part) {
        return Comparator.comparing(part, Comparator.nullsFirst(Comparator.naturalOrder()));
    }
}
