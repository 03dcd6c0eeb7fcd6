package dev.observatory.rest;

import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.FilePlace;
import dev.observatory.export.Export;
import dev.observatory.export.JsonLinesExport;
import dev.observatory.export.MarkdownExport;
import dev.observatory.message.ConversationUpdate;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/conversations/{id}/export}: a whole conversation as a file, written while it is read. */
@Path("conversations/{id}/export")
@RequestScoped
public class ExportResource {

    @Inject
    VisibleCatalog catalog;

    @Inject
    ConversationStore store;

    @GET
    @Operation(summary = "All of a conversation as a file")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = {@Content(mediaType = "text/markdown"), @Content(mediaType = "application/x-ndjson")})
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public Response export(@PathParam("id") String id, @QueryParam("format") @DefaultValue("markdown") String format)
            throws IOException {
        if (!format.equals("markdown") && !format.equals("jsonl")) {
            throw new InvalidParameterException("format", "format is markdown or jsonl");
        }
        ConversationUpdate conversation =
                catalog.conversation(id).orElseThrow(() -> new NotFoundException("no conversation has that id"));
        // while a refusal can still be told
        List<FilePlace> files = store.files(id);
        return format.equals("jsonl")
                ? answer(new JsonLinesExport(store, files), "application/x-ndjson", id + ".jsonl")
                : answer(markdown(conversation, files), "text/markdown; charset=utf-8", id + ".md");
    }

    private Export markdown(ConversationUpdate conversation, List<FilePlace> files) {
        return new MarkdownExport(
                store,
                conversation,
                Optional.ofNullable(conversation.projectId())
                        .flatMap(catalog::project)
                        .orElse(null),
                files);
    }

    /** @param fileName made of a conversation's id, which has no characters that would need to be escaped */
    private static Response answer(Export export, String type, String fileName) {
        Response.ResponseBuilder answer = Response.ok(new ExportBody(export), type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"");
        export.length().ifPresent(length -> answer.header(HttpHeaders.CONTENT_LENGTH, length));
        return answer.build();
    }
}
