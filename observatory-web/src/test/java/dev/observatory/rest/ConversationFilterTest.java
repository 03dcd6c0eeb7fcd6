package dev.observatory.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.observatory.message.ConversationUpdate;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The filter of conversations")
class ConversationFilterTest {

    private static final String NOON = "2026-01-02T12:00:00Z";

    private final ConversationUpdate conversation =
            ConversationOrderTest.conversation("a", Instant.parse(NOON), 1, "Sort the Shelves");

    @Test
    @DisplayName("lets through what fits everything that is asked for")
    void lets() {
        assertThat(ConversationFilter.parse(null, null, null, null, null)).accepts(conversation);
        assertThat(ConversationFilter.parse("shop-1", "idle", "shelves", NOON, "2026-01-02T12:00:01Z"))
                .accepts(conversation);
        assertThat(ConversationFilter.parse(null, null, "MAIN", null, null)).accepts(conversation);
        assertThat(ConversationFilter.parse(null, null, "ada/shop", null, null)).accepts(conversation);
    }

    @Test
    @DisplayName("holds back what misses one of them")
    void holdsBack() {
        assertThat(ConversationFilter.parse("shop-2", null, null, null, null)).rejects(conversation);
        assertThat(ConversationFilter.parse(null, "ended", null, null, null)).rejects(conversation);
        assertThat(ConversationFilter.parse(null, null, "sheep", null, null)).rejects(conversation);
        assertThat(ConversationFilter.parse(null, null, null, "2026-01-02T12:00:00.001Z", null))
                .rejects(conversation);
        assertThat(ConversationFilter.parse(null, null, null, null, NOON)).rejects(conversation);
    }

    @Test
    @DisplayName("by time holds back what shows none")
    void timeless() {
        ConversationUpdate timeless = ConversationOrderTest.conversation("t", null, 1, null);

        assertThat(ConversationFilter.parse(null, null, null, NOON, null)).rejects(timeless);
        assertThat(ConversationFilter.parse(null, null, null, null, NOON)).rejects(timeless);
        assertThat(ConversationFilter.parse(null, null, "x", null, null)).rejects(timeless);
    }

    @Test
    @DisplayName("is refused by the name of the parameter that it cannot read")
    void refuses() {
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> ConversationFilter.parse(null, "IDLE", null, null, null))
                .satisfies(e -> assertThat(e.parameter()).isEqualTo("state"));
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> ConversationFilter.parse(null, null, null, "yesterday", null))
                .satisfies(e -> assertThat(e.parameter()).isEqualTo("since"));
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> ConversationFilter.parse(null, null, null, null, ""))
                .satisfies(e -> assertThat(e.parameter()).isEqualTo("until"));
    }
}
