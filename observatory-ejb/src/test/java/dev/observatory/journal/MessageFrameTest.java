package dev.observatory.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.Channel;
import jakarta.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A message's frame")
class MessageFrameTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678999Z");

    @Test
    @DisplayName("is one object with the numbers around the data")
    void isOneObject() {
        String json = MessageFrame.json("note", Channel.named("topic:A.b-c_1"), 7, 10442, TIME, "{\"a\":[1,null]}");

        assertThat(json)
                .isEqualTo("{\"type\":\"note\",\"channel\":\"topic:A.b-c_1\",\"seq\":7,\"pos\":10442,"
                        + "\"timestamp\":\"2026-01-02T03:04:05.678Z\",\"data\":{\"a\":[1,null]}}");
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("says its channel's priority unless that is normal")
    @CsvSource({"alerts, high", "file_events, low", "system_status, ''", "conversation:1, ''"})
    void saysItsPriority(String channel, String priority) {
        JsonObject json =
                JournalContract.parsed(MessageFrame.json("note", Channel.named(channel), 1, 1, TIME, "\"text\""));

        assertThat(json.getString("priority", "")).isEqualTo(priority);
        assertThat(json.getString("data")).isEqualTo("text");
    }
}
