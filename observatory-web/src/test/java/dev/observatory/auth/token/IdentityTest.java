package dev.observatory.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.observatory.message.Channel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An identity")
class IdentityTest {

    private static Identity identity(Set<Role> roles, String channels, String projects) {
        return identity("alice", roles, channels, projects);
    }

    private static Identity identity(String name, Set<Role> roles, String channels, String projects) {
        return new Identity(name, roles, patterns(channels), patterns(projects), Optional.empty());
    }

    private static NamePatterns patterns(String text) {
        return new NamePatterns(List.of(text.split(" ")));
    }

    @ParameterizedTest(name = "{displayName}: {0} and {1}")
    @DisplayName("has the roles that it was given, and as an administrator all")
    @CsvSource({
        "READ,    READ,    true",
        "READ,    PUBLISH, false",
        "READ,    ADMIN,   false",
        "PUBLISH, READ,    false",
        "PUBLISH, PUBLISH, true",
        "ADMIN,   READ,    true",
        "ADMIN,   PUBLISH, true",
        "ADMIN,   ADMIN,   true",
    })
    void hasRoles(Role given, Role asked, boolean has) {
        assertThat(identity(Set.of(given), "*", "*").has(asked)).isEqualTo(has);
    }

    @ParameterizedTest(name = "{displayName}: {0}, {1}: {2}")
    @DisplayName("may read the channels that are meant, of projects that may be seen, and of itself")
    @CsvSource({
        "*,                 *,      alerts,                        true",
        "alerts,            *,      alerts,                        true",
        "alerts,            *,      events,                        false",
        "topic:build-*,     *,      topic:build-1,                 true",
        "topic:build-*,     *,      topic:build-,                  true",
        "topic:build-*,     *,      topic:built,                   false",
        "conversation:*,    *,      conversation:1,                true",
        "conversation:*,    *,      all_conversations,             false",
        "*,                 shop-*, project:shop-1,                true",
        "*,                 shop-*, project:shop-1:conversations,  true",
        "*,                 shop-*, project:till-1,                false",
        "*,                 shop-*, project:till-1:conversations,  false",
        "project:till-1,    shop-*, project:till-1,                false",
        "*,                 *,      user:alice,                    true",
        "*,                 *,      user:bob,                      false",
        "user:*,            *,      user:bob,                      false",
        "topic:*,           *,      user:alice,                    false",
    })
    void mayRead(String channels, String projects, String channel, boolean may) {
        assertThat(identity(Set.of(Role.READ), channels, projects).mayRead(Channel.named(channel)))
                .isEqualTo(may);
    }

    @Test
    @DisplayName("sees nothing without the role for it")
    void seesNothingWithoutARole() {
        Identity publisher = identity(Set.of(Role.PUBLISH), "*", "*");

        assertThat(publisher.mayRead(Channel.ALERTS)).isFalse();
        assertThat(publisher.maySeeProject("shop-1")).isFalse();
        assertThat(publisher.maySeeEveryProject()).isFalse();
    }

    @Test
    @DisplayName("sees the projects that are meant")
    void seesProjects() {
        Identity narrow = identity(Set.of(Role.READ), "*", "shop-* till-1");

        assertThat(narrow.maySeeProject("shop-1")).isTrue();
        assertThat(narrow.maySeeProject("till-1")).isTrue();
        assertThat(narrow.maySeeProject("till-12")).isFalse();
        assertThat(narrow.maySeeEveryProject()).isFalse();
        assertThat(identity(Set.of(Role.READ), "*", "*").maySeeEveryProject()).isTrue();
    }

    @Test
    @DisplayName("has no channel of its own when no channel can have its name, nor that of another by it")
    void hasNoChannel() {
        assertThat(identity("a@b.example", Set.of(Role.READ), "*", "*").ownChannel())
                .isEmpty();
        assertThat(identity("alice", Set.of(Role.READ), "*", "*").ownChannel()).contains(Channel.named("user:alice"));
    }

    @ParameterizedTest(name = "{displayName}: \"{0}\"")
    @DisplayName("does not come with patterns that are none")
    @ValueSource(strings = {"", "**", "*a", "a*b", "a b", "a/b", "ä"})
    void refusesPatterns(String pattern) {
        assertThatIllegalArgumentException().isThrownBy(() -> new NamePatterns(List.of(pattern)));
    }

    @Test
    @DisplayName("has patterns up to the longest name of a channel")
    void takesLongPatterns() {
        String longest = "a".repeat(NamePatterns.MAX_LENGTH);

        assertThat(new NamePatterns(List.of(longest + "*")).matches(longest)).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> new NamePatterns(List.of(longest + "a")));
    }
}
