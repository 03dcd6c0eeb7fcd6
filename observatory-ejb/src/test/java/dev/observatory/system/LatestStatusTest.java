package dev.observatory.system;

import static dev.observatory.system.Statuses.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The latest status")
class LatestStatusTest {

    private final LatestStatus latest = new LatestStatus();

    @Test
    @DisplayName("is none before one was told, and then the last one, known before it is told")
    void isKnownBeforeItIsTold() {
        assertThat(latest.latest()).isEmpty();

        String answer = latest.tell(status(1), draft -> {
            assertThat(latest.latest()).contains(status(1));
            assertThat(draft.data()).isEqualTo(status(1));
            assertThat(draft.type()).isEqualTo("system_status");
            assertThat(draft.channel()).isEqualTo(Channel.SYSTEM_STATUS);
            return "told";
        });
        latest.tell(status(2), Draft::id);

        assertThat(answer).isEqualTo("told");
        assertThat(latest.latest()).contains(status(2));
    }

    @Test
    @DisplayName("is still the one before when another cannot be told, and whoever tells it hears why")
    void staysWhenAnotherIsUntold() {
        latest.tell(status(1), Draft::id);

        assertThatIllegalStateException()
                .isThrownBy(() -> latest.tell(status(2), draft -> {
                    throw new IllegalStateException("on purpose");
                }))
                .withMessage("on purpose");

        assertThat(latest.latest()).contains(status(1));
    }
}
