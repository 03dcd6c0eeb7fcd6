package dev.observatory.ops;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * {@code GET /api/metrics}: what Prometheus collects. It lies below {@code /api} because servers offer metrics of their
 * own, or nothing, at {@code /metrics}.
 */
@Path("metrics")
@RequestScoped
public class MetricsResource {

    /** The text format of Prometheus; without its version newer collectors refuse it. */
    static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    @Inject
    Metrics metrics;

    @GET
    @Produces(TEXT_FORMAT)
    @Operation(summary = "Metrics in the text format of Prometheus")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "text/plain", schema = @Schema(implementation = String.class)))
    @APIResponse(responseCode = "default", ref = "Problem")
    public String metrics() {
        return metrics.scrape();
    }
}
