package dev.observatory.rest;

import dev.observatory.journal.JsonEncoder;
import dev.observatory.message.ProjectUpdate;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/projects}: what is known of projects, as {@code project_update} tells it, newest activity first. */
@Path("projects")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ProjectsResource {

    @Inject
    VisibleCatalog catalog;

    @Inject
    JsonEncoder encoder;

    @GET
    @Operation(summary = "All projects, newest activity first")
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
                                                        implementation = ProjectUpdate.class),
                                                @SchemaProperty(name = "total", type = SchemaType.INTEGER)
                                            })))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String projects() {
        List<ProjectUpdate> projects = catalog.projects();
        return encoder.encode(new Page<>(projects, projects.size(), null));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One project")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(schema = @Schema(implementation = ProjectUpdate.class)))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String project(@PathParam("id") String id) {
        return catalog.project(id)
                .map(encoder::encode)
                .orElseThrow(() -> new NotFoundException("no project has that id"));
    }
}
