package dev.observatory.rest;

import dev.observatory.camera.BusyException;
import dev.observatory.conversation.StoreUnavailableException;
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

    /** A database that is started anew takes about so long. */
    private static final int RETRY_SECONDS = 10;

    @Inject
    JsonEncoder encoder;

    @Override
    public Response toResponse(Exception thrown) {
        // what fails on another thread comes wrapped
        Exception failure =
                thrown instanceof CompletionException && thrown.getCause() instanceof Exception cause ? cause : thrown;
        if (failure instanceof InvalidParameterException invalid) {
            return answer(Response.status(invalid.status()), invalid.status(), invalid.getMessage(), invalid);
        }
        if (failure instanceof TooLargeException) {
            Status status = Status.REQUEST_ENTITY_TOO_LARGE;
            return answer(Response.status(status), status, failure.getMessage(), null);
        }
        if (failure instanceof BusyException) {
            Status status = Status.TOO_MANY_REQUESTS;
            return answer(
                    Response.status(status).header(HttpHeaders.RETRY_AFTER, 1), status, failure.getMessage(), null);
        }
        if (failure instanceof WebApplicationException known) {
            Response response = known.getResponse();
            // its headers stay: a 405 has to say which methods are allowed
            return answer(Response.fromResponse(response), response.getStatusInfo(), known.getMessage(), null);
        }
        if (failure instanceof StoreUnavailableException) {
            // the store has told the log what is wrong with it
            return answer(
                    Response.status(Status.SERVICE_UNAVAILABLE).header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS),
                    Status.SERVICE_UNAVAILABLE,
                    "what was kept cannot be read at present; try again later",
                    null);
        }
        LOG.log(Level.ERROR, "a request failed", failure);
        return answer(
                Response.serverError(), Status.INTERNAL_SERVER_ERROR, "a fault in the server; try again later", null);
    }

    private Response answer(
            Response.ResponseBuilder builder,
            Response.StatusType status,
            String detail,
            InvalidParameterException invalid) {
        Problem problem = Problem.of(status, detail, invalid == null ? null : invalid.parameter());
        return builder.type("application/problem+json")
                .entity(encoder.encode(problem))
                .build();
    }
}
