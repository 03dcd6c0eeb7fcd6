package dev.observatory.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.observatory.message.ConversationUpdate.Change;
import dev.observatory.message.FileUpdate.FileEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A draft")
class DraftTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @Test
    @DisplayName("of a conversation's update goes to the conversation, all conversations, and its project's")
    void addressesAConversationsUpdate() {
        ConversationUpdate update = conversation("c1", "p1");

        Draft draft = Draft.of(update);

        assertThat(draft.type()).isEqualTo("conversation_update");
        assertThat(draft.channel()).isEqualTo(Channel.conversation("c1"));
        assertThat(draft.views())
                .containsExactlyInAnyOrder(Channel.ALL_CONVERSATIONS, Channel.named("project:p1:conversations"));
        assertThat(draft.data()).isSameAs(update);
    }

    @Test
    @DisplayName("of a conversation whose project is not known goes to the conversation and all conversations")
    void addressesAConversationWithoutProject() {
        Draft draft = Draft.of(conversation("c1", null));

        assertThat(draft.channel()).isEqualTo(Channel.conversation("c1"));
        assertThat(draft.views()).containsExactly(Channel.ALL_CONVERSATIONS);
    }

    @Test
    @DisplayName("of a project's update goes to the project and the view of all projects")
    void addressesAProjectsUpdate() {
        ProjectUpdate update = new ProjectUpdate(
                "p1", "work", "/home/me/work", false, 1, 1, 2, Tokens.NONE, null, NOON, NOON, NOON, 1);

        Draft draft = Draft.of(update);

        assertThat(draft.type()).isEqualTo("project_update");
        assertThat(draft.channel()).isEqualTo(Channel.project("p1"));
        assertThat(draft.views()).containsExactly(Channel.PROJECT_UPDATES);
        assertThat(draft.data()).isSameAs(update);
    }

    @Test
    @DisplayName("of a file's update goes to the file events alone")
    void addressesAFilesUpdate() {
        FileUpdate update = new FileUpdate("a.jsonl", "/root", FileEvent.MODIFIED, 10, 5, null, null, NOON);

        Draft draft = Draft.of(update);

        assertThat(draft.type()).isEqualTo("file_update");
        assertThat(draft.channel()).isEqualTo(Channel.FILE_EVENTS);
        assertThat(draft.views()).isEmpty();
        assertThat(draft.data()).isSameAs(update);
    }

    @Test
    @DisplayName("of an alert goes to the alerts alone")
    void addressesAnAlert() {
        Alert alert =
                new Alert("a1", Alert.Severity.ERROR, "database", "It is away", "no room left", NOON, null, null, null);

        Draft draft = Draft.of(alert);

        assertThat(draft.type()).isEqualTo("alert");
        assertThat(draft.channel()).isEqualTo(Channel.ALERTS);
        assertThat(draft.views()).isEmpty();
        assertThat(draft.data()).isSameAs(alert);
    }

    @Test
    @DisplayName("of a GPU's stats goes to the channel of GPUs alone, where a newer one of the same GPU replaces it")
    void addressesAGpu() {
        GpuStats stats = new GpuStats(1, "NVIDIA H200", 37, 1L, 2L, 41, null, NOON);

        Draft draft = Draft.of(stats);

        assertThat(draft.type()).isEqualTo("gpu_stats");
        assertThat(draft.channel()).isEqualTo(Channel.GPU);
        assertThat(draft.views()).isEmpty();
        assertThat(draft.data()).isSameAs(stats);
        assertThat(draft.conflationKey()).isEqualTo("1");
        assertThat(draft.keptFor()).isNull();
    }

    @Test
    @DisplayName("for everyone goes to the channel that every connection is in")
    void addressesEveryone() {
        Draft draft = Draft.toEveryone("hello", Map.of());

        assertThat(draft.channel()).isEqualTo(Channel.EVERYONE);
        assertThat(draft.views()).isEmpty();
    }

    @Test
    @DisplayName("has an id of its own")
    void hasAnIdOfItsOwn() {
        assertThat(Draft.toEveryone("hello", Map.of()).id())
                .isNotEmpty()
                .isNotEqualTo(Draft.toEveryone("hello", Map.of()).id());
    }

    @ParameterizedTest(name = "{displayName}: ''{0}''")
    @DisplayName("has no type that would need escaping on the wire")
    @ValueSource(strings = {"", "A", "aB", "1a", "_a", "a b", "a\"", "a\\", "a\n", "\u00e4", "a-b", "a.b"})
    void refusesOtherTypes(String type) {
        assertThatIllegalArgumentException().isThrownBy(() -> Draft.toEveryone(type, Map.of()));
    }

    @Test
    @DisplayName("has a type of at most 64 characters")
    void boundsItsType() {
        assertThat(Draft.toEveryone("a".repeat(64), Map.of()).type()).hasSize(64);
        assertThatIllegalArgumentException().isThrownBy(() -> Draft.toEveryone("a".repeat(65), Map.of()));
    }

    @Test
    @DisplayName("has data")
    void needsData() {
        assertThatNullPointerException().isThrownBy(() -> Draft.toEveryone("hello", null));
    }

    @Test
    @DisplayName("keeps its address when the list it was made of changes")
    void keepsItsAddress() {
        List<Channel> views = new ArrayList<>(List.of(Channel.ALERTS));
        Draft draft = new Draft("1", "hello", Channel.GPU, views, Map.of());

        views.clear();

        assertThat(draft.views()).containsExactly(Channel.ALERTS);
    }

    private static ConversationUpdate conversation(String id, String projectId) {
        return new ConversationUpdate(
                id,
                projectId,
                null,
                null,
                ConversationState.WORKING,
                1,
                0,
                0,
                Tokens.NONE,
                null,
                null,
                null,
                null,
                null,
                NOON,
                NOON,
                Change.CREATED,
                1,
                List.of());
    }

    @Test
    void keepsWhatElseIsSaidOfIt() {
        Draft draft = Draft.to(Channel.GPU, "hello", Map.of()).conflatedBy("0").keptFor(Duration.ofHours(1));

        assertThat(draft.conflationKey()).isEqualTo("0");
        assertThat(draft.keptFor()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void isKeptForSomeTimeOrNotAtAll(Duration time) {
        Draft draft = Draft.to(Channel.GPU, "hello", Map.of());

        assertThatIllegalArgumentException().isThrownBy(() -> draft.keptFor(time));
    }
}
