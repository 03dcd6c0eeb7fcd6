package dev.observatory.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.observatory.conversation.LineMark;
import dev.observatory.conversation.LineOrder;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A query for records")
class RecordQueryTest {

    private static RecordQuery ofAgent(String agent) {
        return RecordQuery.parse(agent, null, "1", null, "oldest", "false");
    }

    @Test
    @DisplayName("takes every parameter")
    void parses() {
        LineMark mark = new LineMark(123_456_789_012L, 42);

        assertThat(RecordQuery.parse("7", "prompt,text,prompt", "500", RecordCursor.of(mark), "newest", "true"))
                .isEqualTo(new RecordQuery("7", Set.of("prompt", "text"), 500, mark, LineOrder.NEWEST_FIRST, true));
        assertThat(RecordQuery.parse(null, null, "1", null, "oldest", "false"))
                .isEqualTo(new RecordQuery(null, Set.of(), 1, null, LineOrder.OLDEST_FIRST, false));
    }

    @Test
    @DisplayName("chooses files by agent")
    void choosesFiles() {
        String own = "-shop/3f0e.jsonl";
        String agents = "-shop/3f0e/subagents/agent-7.jsonl";

        assertThat(ofAgent("main").wants(Lines.file(own))).isTrue();
        assertThat(ofAgent("main").wants(Lines.file(agents))).isFalse();
        assertThat(ofAgent("7").wants(Lines.file(own))).isFalse();
        assertThat(ofAgent("7").wants(Lines.file(agents))).isTrue();
        assertThat(ofAgent("8").wants(Lines.file(agents))).isFalse();
        assertThat(ofAgent(null).wants(Lines.file(agents))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "limit, '', 0, '', oldest, false",
        "limit, prompt, 501, '', oldest, false",
        "limit, prompt, x, '', oldest, false",
        "kind, ',', 1, AA, oldest, false",
        "kind, '', 1, AA, oldest, false",
        "cursor, prompt, 1, !, oldest, false",
        "order, prompt, 1, MS4w, up, false",
        "raw, prompt, 1, MS4w, oldest, yes",
    })
    @DisplayName("names the parameter that cannot be")
    void namesTheParameter(String name, String kind, String limit, String cursor, String order, String raw) {
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() ->
                        RecordQuery.parse(null, name.equals("limit") ? "prompt" : kind, limit, cursor, order, raw))
                .satisfies(e -> assertThat(e.parameter()).isEqualTo(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "!", "MQ", "MS4", "LTEuMA", "MS4tMQ", "MS4wLjA", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5LjA", "\u00e4"
            })
    @DisplayName("does not go on at what is no cursor")
    void refusesOtherCursors(String cursor) {
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> RecordCursor.parse(cursor))
                .satisfies(e -> assertThat(e.parameter()).isEqualTo("cursor"));
    }
}
