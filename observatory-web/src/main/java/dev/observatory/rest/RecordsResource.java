package dev.observatory.rest;

import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.FilePlace;
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
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/conversations/{id}/records}: what was kept of a conversation, in full, in the order it was kept. */
@Path("conversations/{id}/records")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class RecordsResource {

    private static final RecordWriter WRITER = new RecordWriter();

    @Inject
    VisibleCatalog catalog;

    @Inject
    ConversationStore store;

    /** A page of records, 100 at most unless something else is asked for. */
    @GET
    @Operation(summary = "A page of the records of one conversation, in full")
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
                                                        implementation = Map.class),
                                                @SchemaProperty(name = "next_cursor", type = SchemaType.STRING)
                                            })))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String records(
            @PathParam("id") String id,
            @QueryParam("agent") String agent,
            @QueryParam("kind") String kind,
            @QueryParam("limit") @DefaultValue("100") String limit,
            @QueryParam("cursor") String cursor,
            @QueryParam("order") @DefaultValue("oldest") String order,
            @QueryParam("raw") @DefaultValue("false") String raw) {
        RecordQuery query = RecordQuery.parse(agent, kind, limit, cursor, order, raw);
        if (catalog.conversation(id).isEmpty()) {
            throw new NotFoundException("no conversation has that id");
        }
        List<FilePlace> files = store.files(id).stream().filter(query::wants).toList();
        RecordPage page = new RecordPage(query);
        store.lines(files, query.order(), query.behind(), page);
        return WRITER.page(page.records(), page.next(), query.raw());
    }
}
