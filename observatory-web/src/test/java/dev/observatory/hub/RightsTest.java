package dev.observatory.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.auth.token.Identity;
import dev.observatory.hub.Rights.Due;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rights of a connection")
class RightsTest {

    private static final Instant EXPIRY = Instant.parse("2026-01-02T03:04:05Z");

    private static Rights rights(Identity identity) {
        return new Rights(identity, People.PROJECTS, Duration.ofSeconds(60), Duration.ofSeconds(30));
    }

    @Test
    @DisplayName("end with the token, of which the client is told once, some time before")
    void end() {
        Rights rights = rights(People.until(EXPIRY));

        assertThat(rights.due(EXPIRY.minusSeconds(61))).isEqualTo(Due.NOTHING);
        assertThat(rights.due(EXPIRY.minusSeconds(60))).isEqualTo(Due.NOTICE);
        assertThat(rights.due(EXPIRY.minusSeconds(59))).isEqualTo(Due.NOTHING);
        assertThat(rights.due(EXPIRY.plusSeconds(29))).isEqualTo(Due.NOTHING);
        assertThat(rights.due(EXPIRY.plusSeconds(30))).isEqualTo(Due.CLOSE);
    }

    @Test
    @DisplayName("go on with a newer token, whose end is told, too")
    void goOn() {
        Rights rights = rights(People.until(EXPIRY));
        rights.due(EXPIRY.minusSeconds(60));

        rights.renew(People.until(EXPIRY.plusSeconds(600)));

        assertThat(rights.expiry()).contains(EXPIRY.plusSeconds(600));
        assertThat(rights.due(EXPIRY.plusSeconds(30))).isEqualTo(Due.NOTHING);
        assertThat(rights.due(EXPIRY.plusSeconds(540))).isEqualTo(Due.NOTICE);
    }

    @Test
    @DisplayName("do not end where there is no expiry")
    void last() {
        Rights rights = rights(People.ANN);

        assertThat(rights.due(Instant.parse("9999-01-01T00:00:00Z"))).isEqualTo(Due.NOTHING);
    }

    @Test
    @DisplayName("end at once when an expired token takes the place of another")
    void endAtOnce() {
        Rights rights = rights(People.ANN);

        rights.renew(People.until(EXPIRY));

        assertThat(rights.due(EXPIRY.plusSeconds(30))).isEqualTo(Due.CLOSE);
    }
}
