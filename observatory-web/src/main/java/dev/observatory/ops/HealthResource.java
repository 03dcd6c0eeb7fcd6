package dev.observatory.ops;

import dev.observatory.auth.token.Role;
import dev.observatory.hub.ConnectionManager;
import dev.observatory.journal.JsonEncoder;
import dev.observatory.message.HealthStatus;
import dev.observatory.rest.Access;
import dev.observatory.rest.Caller;
import dev.observatory.rest.Needs;
import dev.observatory.system.SystemHealth;
import dev.observatory.system.SystemMonitor;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * {@code /api/health}: how everything is, and the three questions of whoever runs servers. It lies below {@code /api}
 * because servers offer different things, or nothing, at {@code /health}.
 */
@Path("health")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {

    @EJB
    SystemMonitor monitor;

    @Inject
    Lifecycle lifecycle;

    @Inject
    ConnectionManager manager;

    @Inject
    Caller caller;

    @Inject
    JsonEncoder encoder;

    /** How everything was when it was last checked; 200 whatever that is. */
    @GET
    @Operation(summary = "How every component is")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(schema = @Schema(implementation = SystemHealth.class)))
    @APIResponse(responseCode = "default", ref = "Problem")
    public String health() {
        return encoder.encode(monitor.health());
    }

    /** Whether the process answers; if not, it has to be started again. */
    @GET
    @Path("live")
    @Needs(Access.OPEN)
    @Operation(summary = "Whether the process answers")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    @APIResponse(responseCode = "default", ref = "Problem")
    public String live() {
        return encoder.encode(new Answer(HealthStatus.OK));
    }

    /** Whether the application is deployed. */
    @GET
    @Path("started")
    @Needs(Access.OPEN)
    @Operation(summary = "Whether the application is deployed")
    @APIResponse(
            responseCode = "200",
            description = "Yes",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    @APIResponse(
            responseCode = "503",
            description = "No",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    @APIResponse(responseCode = "default", ref = "Problem")
    public Response started() {
        return answer(lifecycle.hasStarted(), new Answer(HealthStatus.OK));
    }

    /**
     * Whether clients may be sent here, for those who may read with how everything is. They may while the database is away: what is known is
     * served, and watching goes on when it is back.
     */
    @GET
    @Path("ready")
    @Needs(Access.OPEN)
    @Operation(summary = "Whether clients may be sent here")
    @APIResponse(
            responseCode = "200",
            description = "Yes; the components are shown to those who may read",
            content = @Content(schema = @Schema(implementation = SystemHealth.class)))
    @APIResponse(
            responseCode = "503",
            description = "No",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    @APIResponse(responseCode = "default", ref = "Problem")
    public Response ready() {
        return answer(
                lifecycle.isReady() && !manager.isDraining(),
                caller.has(Role.READ) ? monitor.health() : new Answer(HealthStatus.OK));
    }

    private Response answer(boolean yes, Object ifYes) {
        return Response.status(yes ? Status.OK : Status.SERVICE_UNAVAILABLE)
                .entity(encoder.encode(yes ? ifYes : new Answer(HealthStatus.UNAVAILABLE)))
                .build();
    }

    /** Yes or no and nothing else. */
    public record Answer(HealthStatus status) {}
}
