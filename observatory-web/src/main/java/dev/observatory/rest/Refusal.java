package dev.observatory.rest;

import dev.observatory.camera.BusyException;
import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.journal.JournalClosedException;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;

/**
 * What a request is answered that failed as it may be expected to. Immutable.
 *
 * @param field what it is about, null when it is about none
 * @param retrySeconds when to try again; 0 when that is not said
 */
record Refusal(Status status, String detail, String field, int retrySeconds) {

    /** A database that is started anew takes about so long, and so does an application. */
    private static final int RESTART_SECONDS = 10;

    /** Empty when nobody expected that. */
    static Optional<Refusal> of(Exception failure) {
        if (failure instanceof InvalidParameterException invalid) {
            return Optional.of(new Refusal(invalid.status(), invalid.getMessage(), invalid.parameter(), 0));
        }
        if (failure instanceof TooLargeException) {
            return Optional.of(new Refusal(Status.REQUEST_ENTITY_TOO_LARGE, failure.getMessage(), null, 0));
        }
        if (failure instanceof BusyException) {
            return Optional.of(new Refusal(Status.TOO_MANY_REQUESTS, failure.getMessage(), null, 1));
        }
        if (failure instanceof StoreUnavailableException) {
            // the store has told the log what is wrong with it
            return unavailable("what was kept cannot be read at present; try again later");
        }
        if (failure instanceof JournalClosedException) {
            return unavailable("the server stops, and tells nothing more; try again later");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> unavailable(String detail) {
        return Optional.of(new Refusal(Status.SERVICE_UNAVAILABLE, detail, null, RESTART_SECONDS));
    }
}
