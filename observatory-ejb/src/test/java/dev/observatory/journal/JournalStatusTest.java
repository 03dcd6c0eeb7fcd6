package dev.observatory.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The journal's status")
class JournalStatusTest {

    @Test
    @DisplayName("counts as still to be written what is in memory, and not what has left it before")
    void lag() {
        assertThat(status(42, 40, 30).lag()).isEqualTo(2);
        assertThat(status(42, 42, 30).lag()).isZero();
        assertThat(status(42, 7, 30).lag()).isEqualTo(30);
        assertThat(status(42, 41, 0).lag()).isZero();
    }

    private static JournalStatus status(long pos, long writtenTo, int messages) {
        return new JournalStatus(Instant.EPOCH, null, false, pos, writtenTo, messages, 0, 0, 0, null);
    }
}
