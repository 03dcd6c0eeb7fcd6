package dev.observatory.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.auth.token.Identity;
import dev.observatory.auth.token.NamePatterns;
import dev.observatory.auth.token.Role;
import dev.observatory.message.Channel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What a user may see")
class VisibilityTest {

    private static Visibility of(Identity identity) {
        return new Visibility(identity, People.PROJECTS);
    }

    @ParameterizedTest(name = "{displayName}: {0} by who sees the project shop: {1}")
    @DisplayName("narrows channels by projects")
    @CsvSource({
        "all_conversations, true",
        "project_updates, true",
        "alerts, true",
        "topic:a, true",
        "user:ann, true",
        "user:bob, false",
        "project:shop, true",
        "project:shop:conversations, true",
        "project:bank, false",
        "project:bank:conversations, false",
        "conversation:s1, true",
        "conversation:b1, false",
        "conversation:unknown, false",
        "file_events, false",
    })
    void narrowsChannels(String channel, boolean granted) {
        assertThat(of(People.seeing("shop")).refusal(Channel.named(channel)).isEmpty())
                .isEqualTo(granted);
    }

    @Test
    @DisplayName("is refused in the same words whether a conversation is hidden or not there")
    void doesNotTell() {
        Visibility visibility = of(People.seeing("shop"));

        assertThat(visibility.refusal(Channel.conversation("b1")))
                .isEqualTo(visibility.refusal(Channel.conversation("unknown")))
                .isPresent();
    }

    @Test
    @DisplayName("narrows channels by their names")
    void narrowsByName() {
        Visibility visibility = of(People.reading("topic:build-*", "alerts"));

        assertThat(visibility.refusal(Channel.named("topic:build-7"))).isEmpty();
        assertThat(visibility.refusal(Channel.ALERTS)).isEmpty();
        assertThat(visibility.refusal(Channel.named("topic:other"))).isPresent();
        assertThat(visibility.refusal(Channel.ALL_CONVERSATIONS)).isPresent();
    }

    @Test
    @DisplayName("is nothing without the role read")
    void needsTheRole() {
        Visibility visibility =
                of(new Identity("ann", Set.of(Role.PUBLISH), NamePatterns.ANY, NamePatterns.ANY, Optional.empty()));

        assertThat(visibility.refusal(Channel.ALERTS)).isPresent();
    }

    @ParameterizedTest(name = "{displayName}: {0} with {1}: {2}")
    @DisplayName("of the messages of all projects is what belongs to his own")
    @CsvSource({
        "conversation:s1, all_conversations project:shop:conversations, true",
        "conversation:b1, all_conversations project:bank:conversations, false",
        "conversation:x, all_conversations, false",
        "project:shop, project_updates, true",
        "project:bank, project_updates, false",
        "file_events, '', false",
        "alerts, '', true",
        "everyone, '', true",
        "all_conversations, '', true",
    })
    void narrowsMessages(String home, String views, boolean shown) {
        List<Channel> further = Arrays.stream(views.split(" "))
                .filter(name -> !name.isEmpty())
                .map(Channel::named)
                .toList();

        assertThat(of(People.seeing("shop")).shows(Channel.named(home), further))
                .isEqualTo(shown);
        assertThat(of(People.ANN).shows(Channel.named(home), further)).isTrue();
    }
}
