package dev.observatory.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.journal.JournalClosedException;
import jakarta.ws.rs.core.Response.Status;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a failed request is answered")
class RefusalTest {

    @Test
    @DisplayName("is that the server is away for a while, when it stops or its database is away")
    void unavailable() {
        assertThat(Refusal.of(new StoreUnavailableException("away", null))).hasValueSatisfying(refusal -> {
            assertThat(refusal.status()).isEqualTo(Status.SERVICE_UNAVAILABLE);
            assertThat(refusal.retrySeconds()).isEqualTo(10);
            assertThat(refusal.detail()).doesNotContain("away");
        });
        assertThat(Refusal.of(new JournalClosedException()))
                .contains(new Refusal(
                        Status.SERVICE_UNAVAILABLE,
                        "the server stops, and tells nothing more; try again later",
                        null,
                        10));
    }

    @Test
    @DisplayName("is what is wrong with it, or that there is too much of it")
    void wrong() {
        assertThat(Refusal.of(new InvalidParameterException(Status.CONFLICT, "id", "id is taken already")))
                .contains(new Refusal(Status.CONFLICT, "id is taken already", "id", 0));
        assertThat(Refusal.of(new TooLargeException("at most 5 bytes")))
                .contains(new Refusal(Status.REQUEST_ENTITY_TOO_LARGE, "at most 5 bytes", null, 0));
    }

    @Test
    @DisplayName("is nothing known, when it is a fault of the server")
    void fault() {
        assertThat(Refusal.of(new IllegalStateException("a fault"))).isEmpty();
    }
}
