package dev.observatory.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code GET /api/openapi.yaml}: the description of everything below {@code /api}, made by the build (OpenAPI 3.1). */
@Path("openapi.yaml")
@RequestScoped
@Needs(Access.AUTHENTICATED)
public class OpenApiResource {

    @GET
    @Produces("application/yaml")
    @Operation(hidden = true)
    public InputStream description() {
        return OpenApiResource.class.getResourceAsStream("openapi.yaml");
    }
}
