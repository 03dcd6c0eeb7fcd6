package dev.observatory.rest;

import dev.observatory.conversation.ConversationCatalog;
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

/** {@code /api/projects}: what is known of projects, as {@code project_update} tells it, newest activity first. */
@Path("projects")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ProjectsResource {

    @Inject
    ConversationCatalog catalog;

    @Inject
    JsonEncoder encoder;

    @GET
    public String projects() {
        List<ProjectUpdate> projects = catalog.projects();
        return encoder.encode(new Page<>(projects, projects.size(), null));
    }

    @GET
    @Path("{id}")
    public String project(@PathParam("id") String id) {
        return catalog.project(id)
                .map(encoder::encode)
                .orElseThrow(() -> new NotFoundException("no project has that id"));
    }
}
