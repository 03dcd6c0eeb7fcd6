package dev.observatory.rest;

import dev.observatory.gpu.GpuMonitor;
import dev.observatory.journal.JsonEncoder;
import dev.observatory.message.Draft;
import dev.observatory.message.GpuStats;
import dev.observatory.message.SystemStatus;
import dev.observatory.system.SystemMonitor;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** {@code /api/system}: how everything is, and where a pipeline says what its GPUs do. */
@Path("system")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SystemResource {

    @EJB
    SystemMonitor system;

    @EJB
    GpuMonitor gpus;

    @Inject
    Ingest ingest;

    @Inject
    Event<Draft> drafts;

    @Inject
    JsonEncoder encoder;

    @GET
    @Operation(summary = "How everything is, as system_status tells it")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(schema = @Schema(implementation = SystemStatus.class)))
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public String status() {
        return encoder.encode(system.latest());
    }

    /**
     * A speed of inference alone, of a GPU that Observatory reads itself, is told with that one's next sample; anything
     * else is told at once, as it is.
     */
    @POST
    @Path("gpu")
    @Needs(Access.PUBLISH)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Takes a sample of a GPU, or its speed of inference")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = GpuStats.class)))
    @APIResponse(responseCode = "204", description = "Taken")
    @APIResponse(responseCode = "default", ref = Api.PROBLEM)
    public void gpu(InputStream body) throws IOException {
        Fields fields = ingest.object(body);
        GpuStats sample = sample(fields, Instant.now());
        boolean isFound = sample.inferenceFps() != null && gpus.inferenceFps(sample.gpuIndex(), sample.inferenceFps());
        boolean isSpeedAlone = sample.gpuUtilization() == null
                && sample.memoryUsed() == null
                && sample.memoryTotal() == null
                && sample.temperature() == null;
        if (!isFound || !isSpeedAlone) {
            gpus.report(sample, drafts::fire);
        }
    }

    private GpuStats sample(Fields fields, Instant now) {
        Integer index = fields.integer("gpu_index");
        Integer utilization = fields.integer("gpu_utilization");
        Long used = fields.wholeNumber("memory_used");
        Integer temperature = fields.integer("temperature");
        Double fps = fields.number("inference_fps");
        if (utilization == null && used == null && temperature == null && fps == null) {
            throw fields.invalid("inference_fps", "is needed, or gpu_utilization, memory_used or temperature");
        }
        Instant at = fields.time("recorded_at");
        if (at != null && at.isAfter(now.plus(ingest.limits().maxClockSkew()))) {
            throw fields.invalid("recorded_at", "is in the future");
        }
        return fields.make(() -> new GpuStats(
                index == null ? 0 : index,
                fields.text("gpu_name"),
                utilization,
                used,
                fields.wholeNumber("memory_total"),
                temperature,
                fps,
                at == null ? now : at));
    }
}
