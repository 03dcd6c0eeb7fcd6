package dev.observatory.conversation;

import static dev.observatory.message.ConversationState.ENDED;
import static dev.observatory.message.ConversationState.WORKING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.observatory.conversation.HookEvent.Kind;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ConversationUpdate.Change;
import dev.observatory.message.ProjectUpdate;
import dev.observatory.message.RecordExcerpt;
import dev.observatory.transcript.TranscriptLocation;
import dev.observatory.watch.Station;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A conversation in which nothing has happened for long")
class RetentionTest {

    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration LONGER = KEPT.plusMillis(1);
    private static final String OLD = Room.DIRECTORY + "/old.jsonl";
    private static final String AGENT = Room.DIRECTORY + "/old/subagents/agent-x.jsonl";
    private static final String YOUNG = Room.DIRECTORY + "/young.jsonl";

    @TempDir
    Path root;

    private Room room = new Room();
    private Station station;
    private Optional<Duration> kept = Optional.of(KEPT);

    private Station station() {
        if (station == null) {
            station = new Station(root, room.feed, room.clock, 1 << 16, kept);
        }
        return station;
    }

    private void restart() {
        room = room.reopened();
        station = null;
    }

    /** Appends a line, with the time of the clock in the line and on the file. */
    private void append(String path, String line) throws IOException {
        Instant now = room.clock.instant();
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                ("{'timestamp':'" + now + "'," + line.substring(1) + "\n").replace('\'', '"'),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        changed(path, now);
    }

    private void changed(String path, Instant when) throws IOException {
        Files.setLastModifiedTime(root.resolve(path), FileTime.from(when));
    }

    /** An old conversation with two files, of which everything was read. */
    private void old() throws IOException {
        append(OLD, Room.prompt("u1", "one"));
        append(
                OLD,
                Room.answer("a1", "two")
                        .replace("'role'", "'model':'claude-opus-4-6','usage':{'input_tokens':7},'role'"));
        append(AGENT, Room.prompt("x1", "look"));
        station().look();
        room.later(Duration.ofMinutes(30));
        room.drafts.clear();
    }

    private void later(Duration duration) {
        room.later(duration);
        station().look();
    }

    private void assertGone(String id) {
        assertThat(room.catalog.conversation(id)).isEmpty();
        assertThat(room.store.conversations())
                .extracting(ConversationUpdate::id)
                .doesNotContain(id);
        assertThat(room.store.files(id)).isEmpty();
    }

    private void assertThere(String id) {
        assertThat(room.catalog.conversation(id)).isPresent();
        assertThat(room.store.files(id)).isNotEmpty();
    }

    @Test
    @DisplayName("goes with all there is of it, and everybody is told; what is younger stays")
    void goes() throws IOException {
        old();
        later(LONGER.minusMinutes(30));
        append(YOUNG, Room.prompt("u1", "hello"));
        station().look();
        long version = room.state("old").version();
        room.drafts.clear();
        assertThat(room.store.usageOf("old")).isNotEmpty();

        station().retire();

        assertGone("old");
        assertThere("young");
        assertThat(room.store.lineCount()).isEqualTo(1);
        assertThat(room.store.unpurged()).isZero();
        assertThat(room.store.usageOf("old")).isEmpty();
        assertThat(room.updates())
                .extracting(
                        ConversationUpdate::id,
                        ConversationUpdate::change,
                        ConversationUpdate::state,
                        ConversationUpdate::version)
                .containsExactly(tuple("old", Change.REMOVED, ENDED, version + 1));
        assertThat(room.projectUpdates())
                .extracting(ProjectUpdate::conversationCount, ProjectUpdate::messageCount)
                .containsExactly(tuple(1, 1));
        assertThat(room.store.projects()).isEqualTo(room.catalog.projects());
        assertThat(room.forgotten).containsExactly(new Forgotten(List.of("old")));
        assertThat(room.feed.conversations().byId("old")).isNull();
    }

    @Test
    @DisplayName("that was the last of its project lets that go too")
    void lastOfItsProject() throws IOException {
        old();
        later(LONGER);
        String project = room.state("old").projectId();
        room.drafts.clear();

        station().retire();

        assertThat(room.catalog.project(project)).isEmpty();
        assertThat(room.projectUpdates())
                .extracting(ProjectUpdate::conversationCount)
                .containsExactly(0);
        restart();
        assertThat(room.catalog.projects()).isEmpty();
    }

    @Test
    @DisplayName("is not read again from its files, before or after a restart, nor when one is deleted")
    void stays() throws IOException {
        old();
        later(LONGER);
        station().retire();
        later(Duration.ofDays(1));
        restart();
        station().look();
        later(Duration.ofDays(1));
        Files.delete(root.resolve(OLD));
        station().look().look();
        assertGone("old");
        assertThat(room.drafts).isEmpty();
        assertThat(room.store.lineCount()).isZero();
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("begins anew and whole when a line comes to one of its files, whether that is watched or not")
    void comesBack(boolean watched) throws IOException {
        old();
        later(LONGER);
        station().retire();
        assertGone("old");
        if (!watched) {
            restart();
        }
        room.drafts.clear();

        append(OLD, Room.prompt("u2", "and now?"));
        station().look();
        room.later(Duration.ZERO);

        ConversationUpdate state = room.state("old");
        assertThat(state.messageCount()).isEqualTo(3);
        assertThat(state.title()).isEqualTo("one");
        assertThat(state.agentCount()).isEqualTo(1);
        assertThat(state.state()).isEqualTo(WORKING);
        assertThat(room.updates().get(0).change()).isEqualTo(Change.CREATED);
        assertThat(room.updates().get(0).version()).isEqualTo(1);
        // what had been told long ago is told in brief
        assertThat(room.updates().stream().flatMap(update -> update.records().stream()))
                .extracting(RecordExcerpt::text)
                .isEqualTo(watched ? List.of("and now?") : List.of());
        assertThat(room.store.lineCount()).isEqualTo(4);
        assertThat(room.store.files("old")).hasSize(2);
    }

    @Test
    @DisplayName("stays while its file has changed since, and goes although it has when it is gone")
    void changedFile() throws IOException {
        old();
        later(LONGER);
        changed(AGENT, room.clock.instant());
        station().look().retire();
        assertThere("old");

        Files.delete(root.resolve(AGENT));
        station().look().retire();
        assertGone("old");
    }

    @Test
    @DisplayName("whose records show no time is as old as its files, also when they are gone")
    void undated() throws IOException {
        Files.createDirectories(root.resolve(OLD).getParent());
        Files.writeString(root.resolve(OLD), "{\"type\":\"custom-title\",\"customTitle\":\"No time\"}\n");
        changed(OLD, room.clock.instant());
        station().look();
        room.later(Duration.ofMinutes(30));
        Files.delete(root.resolve(OLD));
        room.later(KEPT.minusMinutes(30));
        station().look().retire();
        assertThat(room.catalog.conversation("old")).isPresent();
        room.later(Duration.ofMinutes(31));
        station().retire();
        assertGone("old");
    }

    @Test
    @DisplayName("of which nothing but bad lines is known goes like any other")
    void badLines() throws IOException {
        append(OLD, "{torn");
        station().look();
        later(LONGER);
        station().retire();
        assertThat(room.store.places()).isEmpty();
        assertGone("old");
    }

    @Test
    @DisplayName("stays to the last moment, and while a hook says that it lives")
    void stillAlive() throws IOException {
        old();
        restart();
        later(KEPT.minusMinutes(30));
        station().retire();
        assertThere("old");
        room.later(Duration.ofMillis(1));
        room.feed.report(new HookEvent("old", Kind.PROMPT, null, null, room.clock.instant()));
        station().retire();
        assertThere("old");
        room.later(Duration.ofDays(29));
        station().retire();
        assertThere("old");
        room.later(Duration.ofDays(2));
        station().retire();
        assertGone("old");
    }

    @Test
    @DisplayName("goes with the files whose records alone say that they are its own")
    void olderLayout() throws IOException {
        String agent = Room.DIRECTORY + "/agent-l.jsonl";
        append(OLD, Room.prompt("u1", "one"));
        append(agent, Room.prompt("l1", "look").replace("'uuid'", "'sessionId':'old','uuid'"));
        station().look();
        TranscriptLocation location =
                TranscriptLocation.of(root, root.resolve(agent)).orElseThrow();
        assertThat(room.feed.ownerOf(location)).isPresent();
        later(LONGER);
        room.later(Duration.ZERO);
        station().retire();
        assertGone("old");
        assertThat(room.feed.ownerOf(location)).isEmpty();
    }

    @Test
    @DisplayName("goes from its sleep, too, and whatever was to come of it does not")
    void dormant() throws IOException {
        old();
        restart();
        room.clock.advance(LONGER);
        room.later(Duration.ZERO);
        station().look().retire();
        assertGone("old");
        room.drafts.clear();
        room.later(Duration.ofDays(1));
        assertThat(room.drafts).isEmpty();
    }

    @Test
    @DisplayName("waits for the store, and is told once")
    void storeAway() throws IOException {
        old();
        later(LONGER);
        room.drafts.clear();
        room.store.leave();
        station().retire();
        assertThat(room.drafts).isEmpty();
        assertThat(room.feed.available()).isTrue();
        room.store.comeBack();
        assertThere("old");

        room.store.leave();
        room.feed.forget(List.of("old"));
        assertThat(room.drafts).isEmpty();
        assertThat(room.forgotten).isEmpty();
        assertThat(room.feed.available()).isFalse();
        room.store.comeBack();
        room.later(Duration.ofSeconds(1)).later(Duration.ofSeconds(1));
        assertGone("old");
        assertThat(room.updates()).extracting(ConversationUpdate::change).containsExactly(Change.REMOVED);
        assertThat(room.forgotten).hasSize(1);
    }

    @Test
    @DisplayName("goes with a few others at a time")
    void steps() throws IOException {
        for (int i = 0; i < 25; i++) {
            append(Room.DIRECTORY + "/s" + i + ".jsonl", Room.answer("a1", "done"));
        }
        station().look();
        later(LONGER);
        station().retire();
        assertThat(room.forgotten)
                .extracting(forgotten -> forgotten.conversationIds().size())
                .containsExactly(10, 10, 5);
        assertThat(room.catalog.conversations()).isEmpty();
    }

    @Test
    @DisplayName("is not read at the start when it is older already, but as a whole if a part of it is not")
    void olderAtTheStart() throws IOException {
        append(OLD, Room.prompt("u1", "one"));
        append(AGENT, Room.prompt("x1", "look"));
        append(YOUNG, Room.prompt("u1", "hello"));
        room.clock.advance(LONGER);
        append(Room.DIRECTORY + "/young/subagents/agent-y.jsonl", Room.prompt("y1", "look"));
        station().look();
        assertThat(room.catalog.conversation("old")).isEmpty();
        assertThat(room.state("young").messageCount()).isEqualTo(1);
        assertThat(room.state("young").agentCount()).isEqualTo(1);
    }

    @Test
    @DisplayName("stays for ever if that is wanted")
    void forEver() throws IOException {
        kept = Optional.empty();
        old();
        later(Duration.ofDays(20_000));
        station().retire();
        assertThere("old");
    }
}
