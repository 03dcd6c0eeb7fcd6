package dev.observatory.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Puts all resources below {@code /api}, out of the way of what servers themselves offer at the root. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Observatory",
                        version = "1",
                        description =
                                "What is known of conversations, projects and cameras. What is absent is left out or null."),
        components =
                @Components(
                        responses =
                                @APIResponse(
                                        name = Api.PROBLEM,
                                        description = "What went wrong (RFC 9457)",
                                        content =
                                                @Content(
                                                        mediaType = "application/problem+json",
                                                        schema = @Schema(implementation = Problem.class)))))
@ApplicationPath("/api")
public class Api extends Application {

    /** The name under which the description refers to the answer to a failed request. */
    static final String PROBLEM = "Problem";

    /** Jersey, of Payara, would publish a description of its own making. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
