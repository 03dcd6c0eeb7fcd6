package dev.observatory.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A channel")
class ChannelTest {

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("is read from its name, with its kind, its id and its priority")
    @CsvSource({
        "everyone,                        EVERYONE,              '',         NORMAL",
        "conversation:123,                CONVERSATION,          123,        NORMAL",
        "conversation:9f1c-aa.b_C,        CONVERSATION,          9f1c-aa.b_C, NORMAL",
        "conversation:conversations,      CONVERSATION,          conversations, NORMAL",
        "conversation:-,                  CONVERSATION,          -,          NORMAL",
        "conversation:..,                 CONVERSATION,          ..,         NORMAL",
        "all_conversations,               ALL_CONVERSATIONS,     '',         NORMAL",
        "project:-home-me-work,           PROJECT,               -home-me-work, NORMAL",
        "project_updates,                 PROJECT_UPDATES,       '',         NORMAL",
        "project:-home-me:conversations,  PROJECT_CONVERSATIONS, -home-me,   NORMAL",
        "file_events,                     FILE_EVENTS,           '',         LOW",
        "alerts,                          ALERTS,                '',         HIGH",
        "system_status,                   SYSTEM_STATUS,         '',         NORMAL",
        "events,                          EVENTS,                '',         HIGH",
        "detections,                      DETECTIONS,            '',         NORMAL",
        "gpu,                             GPU,                   '',         LOW",
        "cameras,                         CAMERAS,               '',         NORMAL",
        "user:ann,                        USER,                  ann,        HIGH",
        "topic:build.done,                TOPIC,                 build.done, NORMAL",
    })
    void isReadFromItsName(String name, ChannelKind kind, String id, Priority priority) {
        Channel channel = Channel.parse(name).orElseThrow();

        assertThat(channel.name()).isEqualTo(name);
        assertThat(channel.kind()).isEqualTo(kind);
        assertThat(channel.id()).isEqualTo(id);
        assertThat(channel.priority()).isEqualTo(priority);
        assertThat(channel).hasToString(name);
    }

    @ParameterizedTest(name = "{displayName}: ''{0}''")
    @DisplayName("cannot be read from a name that no kind of channel has")
    @NullAndEmptySource
    @ValueSource(
            strings = {
                " ",
                "nothing",
                "Alerts",
                "alerts ",
                " alerts",
                "alerts\n",
                "\nalerts",
                "alerts\u0000",
                "alerts:1",
                "events,alerts",
                "*",
                "conversation",
                "conversation:",
                "conversation:*",
                "conversation:a b",
                "conversation:a\n",
                "conversation:a\r\n",
                "conversation:a:b",
                "conversation::a",
                "conversation:a/b",
                "conversation:../../etc/passwd",
                "conversation:a\"b",
                "conversation:a\\b",
                "conversation:a'b",
                "conversation:<script>",
                "conversation:\u00e4",
                "conversation:\u0661\u0662",
                "conversation:\ud83d\ude00",
                "conversation:\ud83d",
                "CONVERSATION:a",
                "project:",
                "project::conversations",
                "project:a:conversations:b",
                "project:a:CONVERSATIONS",
                "project:a:conversation",
                "project:a:",
                "user:",
                "user:a@b",
                "topic:",
                "topic:a:b",
            })
    void isNotReadFromOtherNames(String name) {
        assertThat(Channel.parse(name)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> Channel.named(name));
    }

    @Test
    @DisplayName("has a name of at most 200 characters, however it is made")
    void hasANameOfAtMost200Characters() {
        String longest = "a".repeat(Channel.MAX_LENGTH - "conversation:".length());

        assertThat(Channel.conversation(longest).name()).hasSize(200);
        assertThat(Channel.parse("conversation:" + longest)).contains(Channel.conversation(longest));
        assertThat(Channel.parse("conversation:a" + longest)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> Channel.conversation("a" + longest));
        assertThatIllegalArgumentException().isThrownBy(() -> Channel.projectConversations(longest));
    }

    @Test
    @DisplayName("with a name of a megabyte is refused at once")
    void refusesAHugeName() {
        assertThat(Channel.parse("conversation:" + "a".repeat(1_000_000))).isEmpty();
    }

    @ParameterizedTest(name = "{displayName}: ''{0}''")
    @DisplayName("cannot be made of an id that would change what the name means")
    @ValueSource(strings = {"", "a:b", "a:conversations", ":", "a b", "a\n", "\u00e4", "a\"b"})
    void isNotMadeOfOtherIds(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> Channel.conversation(id));
        assertThatIllegalArgumentException().isThrownBy(() -> Channel.project(id));
        assertThatIllegalArgumentException().isThrownBy(() -> Channel.projectConversations(id));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("can be named for every kind, and its name leads back to that kind")
    @EnumSource(ChannelKind.class)
    void canBeNamedForEveryKind(ChannelKind kind) {
        String name = kind.pattern().pattern().replaceAll("\\(.*\\)", "x1");

        assertThat(Channel.named(name).kind()).isEqualTo(kind);
    }

    @Test
    @DisplayName("is a view when it only shows other channels' messages")
    void knowsTheViews() {
        assertThat(Arrays.stream(ChannelKind.values()).filter(ChannelKind::isView))
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.of(ChannelKind.PROJECT_UPDATES, ChannelKind.PROJECT_CONVERSATIONS));
    }

    @Test
    @DisplayName("equals every other one of the same name, and is ordered by name")
    void isEqualByName() {
        assertThat(Channel.conversation("1"))
                .isEqualTo(Channel.named("conversation:1"))
                .hasSameHashCodeAs(Channel.named("conversation:1"))
                .isNotEqualTo(Channel.conversation("2"))
                .isNotEqualTo("conversation:1")
                .isLessThan(Channel.project("0"));
    }
}
