package dev.observatory.rest;

import dev.observatory.journal.JsonEncoder;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;

/** Answers every failed request as {@code application/problem+json}. What is our fault is logged, and told in brief. */
@Provider
public class ProblemMapper implements ExceptionMapper<Exception> {

    private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

    @Inject
    JsonEncoder encoder;

    @Override
    public Response toResponse(Exception thrown) {
        // what fails on another thread comes wrapped
        Exception failure =
                thrown instanceof CompletionException && thrown.getCause() instanceof Exception cause ? cause : thrown;
        if (failure instanceof WebApplicationException known) {
            Response response = known.getResponse();
            // its headers stay: a 405 has to say which methods are allowed
            return answer(Response.fromResponse(response), response.getStatusInfo(), known.getMessage(), null);
        }
        return Refusal.of(failure).map(this::answer).orElseGet(() -> fault(failure));
    }

    private Response answer(Refusal refusal) {
        Response.ResponseBuilder builder = Response.status(refusal.status());
        if (refusal.retrySeconds() > 0) {
            builder.header(HttpHeaders.RETRY_AFTER, refusal.retrySeconds());
        }
        return answer(builder, refusal.status(), refusal.detail(), refusal.field());
    }

    private Response fault(Exception failure) {
        LOG.log(Level.ERROR, "a request failed", failure);
        return answer(
                Response.serverError(), Status.INTERNAL_SERVER_ERROR, "a fault in the server; try again later", null);
    }

    private Response answer(Response.ResponseBuilder builder, Response.StatusType status, String detail, String field) {
        return builder.type("application/problem+json")
                .entity(encoder.encode(Problem.of(status, detail, field)))
                .build();
    }
}
