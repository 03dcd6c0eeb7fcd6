package dev.observatory.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.auth.token.Identity;
import dev.observatory.auth.token.NamePatterns;
import dev.observatory.auth.token.Role;
import dev.observatory.conversation.ConversationCatalog;
import dev.observatory.conversation.ConversationDetails;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import dev.observatory.message.RecordExcerpt;
import dev.observatory.message.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What a caller sees of the catalog")
class VisibleCatalogTest {

    private static final Instant TIME = Instant.parse("2026-01-02T12:00:00Z");

    private final ConversationCatalog catalog = new ConversationCatalog();

    /** Whose details and records were read in the store. */
    private final List<String> read = new ArrayList<>();

    @BeforeEach
    void fill() {
        catalog.readFrom(
                id -> {
                    read.add(id);
                    return List.of();
                },
                id -> {
                    read.add(id);
                    return ConversationDetails.NONE;
                });
        put("shop-a", "shop-1");
        put("shop-b", "shop-1");
        put("till-a", "till-1");
        put("nowhere", null);
        catalog.put(project("shop-1"));
        catalog.put(project("till-1"));
        catalog.put(project("empty-1"));
    }

    private void put(String id, String project) {
        catalog.put(conversation(id, project), null);
    }

    private static ConversationUpdate conversation(String id, String project) {
        ConversationUpdate some = ConversationOrderTest.conversation(id, TIME, 1, id);
        return new ConversationUpdate(
                id,
                project,
                id,
                some.title(),
                some.state(),
                1,
                0,
                0,
                Tokens.NONE,
                null,
                null,
                null,
                null,
                null,
                TIME,
                TIME,
                some.change(),
                1,
                List.of());
    }

    private static ProjectUpdate project(String id) {
        return new ProjectUpdate(id, id, "/" + id, false, 1, 0, 1, Tokens.NONE, null, TIME, TIME, TIME, 1);
    }

    private VisibleCatalog seenBy(Identity identity) {
        Caller caller = new Caller();
        caller.is(identity);
        return new VisibleCatalog(catalog, caller);
    }

    private static Identity reader(String... projects) {
        return identity(Set.of(Role.READ), projects);
    }

    private static Identity identity(Set<Role> roles, String... projects) {
        return new Identity("alice", roles, NamePatterns.ANY, new NamePatterns(List.of(projects)), Optional.empty());
    }

    private static List<String> ids(List<ConversationUpdate> conversations) {
        return conversations.stream().map(ConversationUpdate::id).toList();
    }

    private static List<String> projectIds(List<ProjectUpdate> projects) {
        return projects.stream().map(ProjectUpdate::id).toList();
    }

    static Stream<Identity> seeingAll() {
        return Stream.of(
                reader("*"),
                reader("shop-*", "*"),
                identity(Set.of(Role.ADMIN), "*"),
                identity(Set.of(Role.ADMIN, Role.READ), "*"));
    }

    @ParameterizedTest
    @MethodSource("seeingAll")
    @DisplayName("is all of it for those who see every project, and nothing has to be limited")
    void all(Identity identity) {
        VisibleCatalog seen = seenBy(identity);

        assertThat(seen.isComplete()).isTrue();
        assertThat(seen.conversations()).isEqualTo(catalog.conversations());
        assertThat(seen.projects()).isEqualTo(catalog.projects());
        assertThat(seen.conversation("nowhere")).isPresent();
        assertThat(seen.projectIds(null)).isNull();
        assertThat(seen.projectIds("till-1")).containsExactly("till-1");
        assertThat(seen.projectIds("none")).containsExactly("none");
        assertThat(seen.conversationIds(null, null)).isNull();
        assertThat(seen.conversationIds(null, "not-known-yet")).containsExactly("not-known-yet");
        assertThat(seen.conversationIds("shop-1", null)).containsExactly("shop-a", "shop-b");
    }

    @Test
    @DisplayName("has their projects and these projects' conversations for others")
    void some() {
        VisibleCatalog seen = seenBy(reader("shop-*", "unheard-of"));

        assertThat(seen.isComplete()).isFalse();
        assertThat(ids(seen.conversations())).containsExactly("shop-a", "shop-b");
        assertThat(seen.conversation("shop-a")).isEqualTo(catalog.conversation("shop-a"));
        assertThat(ids(seen.conversationsOf("shop-1"))).containsExactly("shop-a", "shop-b");
        assertThat(projectIds(seen.projects())).containsExactly("shop-1");
        assertThat(seen.project("shop-1")).isPresent();
        assertThat(seen.projectIds(null)).containsExactly("shop-1");
        assertThat(seen.projectIds("shop-1")).containsExactly("shop-1");
        assertThat(seen.conversationIds(null, null)).containsExactly("shop-a", "shop-b");
        assertThat(seen.conversationIds(null, "shop-b")).containsExactly("shop-b");
        assertThat(seen.conversationIds("shop-1", "shop-b")).containsExactly("shop-b");
    }

    @ParameterizedTest
    @MethodSource("whoDoNotSee")
    @DisplayName("knows as little of what may not be seen as of what there is not")
    void nothingOfTheRest(Identity identity) {
        VisibleCatalog seen = seenBy(identity);
        for (String conversation : List.of("till-a", "nowhere", "none")) {
            assertThat(ids(seen.conversations())).doesNotContain(conversation);
            assertThat(seen.conversation(conversation)).isEmpty();
            assertThat(seen.recentRecords(conversation)).isEmpty();
            assertThat(seen.details(conversation)).isSameAs(ConversationDetails.NONE);
            assertThat(seen.conversationIds(null, conversation)).isEmpty();
            assertThat(seen.conversationIds("shop-1", conversation)).isEmpty();
        }
        for (String project : List.of("till-1", "missing-1")) {
            assertThat(projectIds(seen.projects())).doesNotContain(project);
            assertThat(seen.project(project)).isEmpty();
            assertThat(seen.conversationsOf(project)).isEmpty();
            assertThat(seen.conversationIds(project, null)).isEmpty();
            assertThat(seen.projectIds(project)).isEmpty();
        }
        assertThat(seen.isComplete()).isFalse();
        assertThat(seen.projectIds(null)).isNotNull().doesNotContain("till-1");
        assertThat(seen.conversationIds(null, null)).isNotNull().doesNotContain("till-a", "nowhere");
        assertThat(read).isEmpty();
    }

    static Stream<Identity> whoDoNotSee() {
        return Stream.of(
                reader("shop-*"),
                reader("shop-1", "till", "till-10"),
                reader("none"),
                new Identity("b", Set.of(Role.READ), NamePatterns.ANY, new NamePatterns(List.of()), Optional.empty()),
                identity(Set.of(Role.ADMIN), "shop-*"),
                // to publish is not to read
                identity(Set.of(Role.PUBLISH), "*"),
                identity(Set.of(), "*"),
                // nobody is known
                null);
    }

    @Test
    @DisplayName("is nothing when no project may be seen")
    void nothing() {
        VisibleCatalog seen = seenBy(reader("none"));

        assertThat(seen.conversations()).isEmpty();
        assertThat(seen.projects()).isEmpty();
        assertThat(seen.projectIds(null)).isEmpty();
        assertThat(seen.conversationIds(null, null)).isEmpty();
    }

    @Test
    @DisplayName("has the records and details of what may be seen")
    void readsWhatIsSeen() {
        VisibleCatalog seen = seenBy(reader("shop-*"));
        List<RecordExcerpt> none = seen.recentRecords("shop-a");
        seen.details("shop-b");

        assertThat(none).isEmpty();
        assertThat(read).containsExactly("shop-a", "shop-b");
    }

    @Test
    @DisplayName("has a conversation as soon as its project is known, and as long as it is that one")
    void followsTheProject() {
        VisibleCatalog seen = seenBy(reader("shop-*"));
        assertThat(seen.conversation("nowhere")).isEmpty();

        put("nowhere", "shop-1");
        assertThat(seen.conversation("nowhere")).isPresent();
        put("nowhere", "till-1");
        assertThat(seen.conversation("nowhere")).isEmpty();
    }

    @Test
    @DisplayName("is what a naive look at each conversation finds, for random patterns")
    void random() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            put("c" + i, random.nextInt(10) == 0 ? null : "p" + random.nextInt(40));
        }
        for (int i = 0; i < 50; i++) {
            Identity identity =
                    reader(Stream.generate(() -> "p" + random.nextInt(40) + (random.nextBoolean() ? "*" : ""))
                            .limit(1 + random.nextInt(5))
                            .toArray(String[]::new));

            assertThat(seenBy(identity).conversations())
                    .as("seed " + seed)
                    .isEqualTo(catalog.conversations().stream()
                            .filter(conversation -> conversation.projectId() != null
                                    && identity.projects().matches(conversation.projectId()))
                            .toList());
        }
    }
}
