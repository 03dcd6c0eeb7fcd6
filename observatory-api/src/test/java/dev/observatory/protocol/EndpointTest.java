package dev.observatory.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.Channel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An endpoint")
class EndpointTest {

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("for consoles offers what concerns conversations, projects, files and alerts")
    @ValueSource(
            strings = {
                "conversation:1",
                "all_conversations",
                "project:1",
                "project_updates",
                "project:1:conversations",
                "file_events",
                "alerts",
                "system_status",
                "user:ann",
                "topic:news",
            })
    void offersTheConsoleItsChannels(String name) {
        assertThat(Endpoint.CONSOLE.offers(Channel.named(name))).isTrue();
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("for consoles offers neither the security feed's channels nor the one of every connection")
    @ValueSource(strings = {"events", "detections", "gpu", "cameras", "everyone"})
    void keepsTheConsoleFromOthers(String name) {
        assertThat(Endpoint.CONSOLE.offers(Channel.named(name))).isFalse();
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("gives nothing unasked that it does not offer, and nobody can ask for the channel of everyone")
    @EnumSource(Endpoint.class)
    void offersItsDefaults(Endpoint endpoint) {
        assertThat(endpoint.defaults()).isNotEmpty().doesNotHaveDuplicates().allMatch(endpoint::offers);
        assertThat(endpoint.offers(Channel.EVERYONE)).isFalse();
    }

    @Test
    @DisplayName("for consoles lies at /ws and gives all conversations, project updates, file events and alerts")
    void givesTheConsoleItsDefaults() {
        assertThat(Endpoint.CONSOLE.path()).isEqualTo("/ws");
        assertThat(Endpoint.CONSOLE.defaults())
                .containsExactly(
                        Channel.ALL_CONVERSATIONS, Channel.PROJECT_UPDATES, Channel.FILE_EVENTS, Channel.ALERTS);
    }
}
