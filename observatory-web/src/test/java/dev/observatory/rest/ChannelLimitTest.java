package dev.observatory.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.observatory.journal.Journal;
import dev.observatory.journal.JsonEncoder;
import dev.observatory.journal.RingJournal;
import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("How many channels there may be")
class ChannelLimitTest {

    private static final Channel OLD = Channel.named("topic:old");

    private final Journal journal =
            new RingJournal(new JsonEncoder(), message -> {}, Clock.systemUTC(), 1 << 20, Duration.ofHours(1));

    @Test
    @DisplayName("lets new ones be named as long as there is room, and those that there are in any case")
    void admits() {
        journal.append(Draft.to(OLD, "note", Map.of()));
        journal.append(Draft.to(Channel.conversation("c"), "note", Map.of()));
        ChannelLimit limit = new ChannelLimit(journal, 3);
        Channel one = Channel.named("topic:one");
        Channel other = Channel.named("user:other");

        assertThatCode(() -> limit.admit(Set.of(OLD, one))).doesNotThrowAnyException();
        assertThatThrownBy(() -> limit.admit(Set.of(OLD, one, other)))
                .isInstanceOfSatisfying(
                        InvalidParameterException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(Status.CONFLICT))
                .hasMessageContaining("2 channels already, of 3 at most (observatory.broadcast.max-channels)");
        journal.append(Draft.to(one, "note", Map.of()));
        assertThatThrownBy(() -> limit.admit(Set.of(other))).hasMessageContaining("user:other");
        assertThatCode(() -> limit.admit(Set.of(OLD, one))).doesNotThrowAnyException();
    }
}
