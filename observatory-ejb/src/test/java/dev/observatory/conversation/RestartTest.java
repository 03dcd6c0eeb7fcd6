package dev.observatory.conversation;

import static dev.observatory.message.ConversationState.ENDED;
import static dev.observatory.message.ConversationState.IDLE;
import static dev.observatory.message.ConversationState.WAITING;
import static dev.observatory.message.ConversationState.WORKING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ConversationUpdate.Change;
import dev.observatory.message.RecordExcerpt;
import dev.observatory.transcript.TranscriptLocation;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("After a restart")
class RestartTest {

    private final TranscriptLocation session = Room.session("s");
    private Room room = new Room();

    private void restart() {
        room = room.reopened();
    }

    private ConversationState state() {
        return room.state("s").state();
    }

    @Test
    @DisplayName("everything is there, nothing is told again, and nobody is awake")
    void thereAgain() {
        room.live(session, Room.prompt("u1", "one"), Room.answer("a1", "two"));
        ConversationUpdate before = room.state("s");
        var projects = room.catalog.projects();
        restart();
        assertThat(room.state("s")).isEqualTo(before);
        assertThat(room.catalog.projects()).isEqualTo(projects);
        room.feed.tick();
        assertThat(room.drafts).isEmpty();
        assertThat(room.feed.conversations().awakeCount()).isZero();
        assertThat(room.catalog.recentRecords("s"))
                .extracting(RecordExcerpt::text)
                .containsExactly("one", "two");
        assertThat(room.feed.ownerOf(session)).contains(new FileOwner("s", before.projectId()));
    }

    @Test
    @DisplayName("a new line goes on with the figures, the versions and the positions")
    void goesOn() {
        room.live(session, Room.prompt("u1", "one"), "{torn", Room.answer("a1", "two"));
        long version = room.state("s").version();
        long projectVersion = room.catalog.projects().get(0).version();
        restart();
        room.live(session, Room.prompt("u1", "one"), Room.prompt("u2", "three"));
        ConversationUpdate update = room.updates().get(0);
        assertThat(update.change()).isEqualTo(Change.APPENDED);
        assertThat(update.messageCount()).isEqualTo(3);
        assertThat(update.version()).isEqualTo(version + 1);
        assertThat(update.records()).extracting(RecordExcerpt::position).containsExactly(5L);
        assertThat(room.projectUpdates().get(0).version()).isEqualTo(projectVersion + 1);
        assertThat(room.catalog.recentRecords("s")).hasSize(3);
    }

    @Test
    @DisplayName("a file that is read again from its beginning changes nothing, bad and skipped lines included")
    void readAgain() {
        String[] lines = {"{torn", "{'type':'mode'}", Room.prompt("u1", "one")};
        room.lines(session, lines).feed.oversizedLine(session, 99);
        room.flush(session, Arrival.LIVE);
        restart();
        room.feed.begin(session, true);
        room.lines(session, lines).feed.oversizedLine(session, 99);
        room.flush(session, Arrival.LIVE);
        assertThat(room.drafts).isEmpty();
        assertThat(room.store.lineCount()).isEqualTo(4);
        assertThat(room.feed.file(session).badLines()).isEqualTo(2);
        assertThat(room.catalog.recentRecords("s")).hasSize(3);
    }

    @Test
    @DisplayName("a conversation of nothing but bad lines is known")
    void onlyBadLines() {
        room.live(session, "{torn");
        assertThat(room.updates()).extracting(ConversationUpdate::change).containsExactly(Change.CREATED);
        restart();
        room.feed.begin(session, true);
        room.live(session, "{torn");
        assertThat(room.store.lineCount()).isEqualTo(1);
        assertThat(room.feed.file(session).badLines()).isEqualTo(1);
        assertThat(room.updates()).isEmpty();
        room.live(session, Room.prompt("u1", "one"));
        assertThat(room.updates()).extracting(ConversationUpdate::change).containsExactly(Change.APPENDED);
    }

    @Test
    @DisplayName("a conversation of which there is only an empty file is known, and told once")
    void onlyAnEmptyFile() {
        room.live(session);
        assertThat(room.updates()).extracting(ConversationUpdate::change).containsExactly(Change.CREATED);
        assertThat(room.state("s").messageCount()).isZero();
        restart();
        assertThat(room.state("s").messageCount()).isZero();
        room.feed.begin(session, true);
        room.live(session);
        assertThat(room.updates()).isEmpty();
        room.live(session, Room.prompt("u1", "one"));
        assertThat(room.updates()).extracting(ConversationUpdate::messageCount).containsExactly(1);
    }

    @Test
    @DisplayName("an open call waits when it would have, and a quiet conversation ends when it would have")
    void deadlines() {
        room.live(session, Room.call("a1", "c1")).later(Duration.ofSeconds(10));
        restart();
        room.later(Duration.ofMillis(4999));
        assertThat(state()).isEqualTo(WORKING);
        room.later(Duration.ofMillis(1));
        assertThat(state()).isEqualTo(WAITING);
        restart();
        room.later(Duration.ofMinutes(29));
        assertThat(state()).isEqualTo(WAITING);
        room.later(Duration.ofMinutes(1));
        assertThat(room.updates())
                .extracting(ConversationUpdate::state, ConversationUpdate::change)
                .containsExactly(tuple(ENDED, Change.ENDED));
    }

    @Test
    @DisplayName("what would have ended in between ends at once, without being woken")
    void endedMeanwhile() {
        room.live(session, Room.answer("a1", "done"));
        room.clock.advance(Duration.ofHours(5));
        restart();
        assertThat(state()).isEqualTo(IDLE);
        room.feed.tick();
        assertThat(state()).isEqualTo(ENDED);
        assertThat(room.updates()).hasSize(1);
        assertThat(room.feed.conversations().awakeCount()).isZero();
        restart();
        room.later(Duration.ofHours(5));
        assertThat(room.drafts).isEmpty();
    }

    @Test
    @DisplayName("a prompt that is worked on does not wait, however long it was open")
    void working() {
        room.live(session, Room.prompt("u1", "go"));
        restart();
        room.later(Duration.ofMinutes(5));
        assertThat(state()).isEqualTo(WORKING);
        assertThat(room.drafts).isEmpty();
    }

    @Test
    @DisplayName("what was missed is told with its records, but happened when it says")
    void missed() {
        room.live(session, Room.prompt("u1", "one"));
        room.clock.advance(Duration.ofHours(2));
        restart();
        room.lines(session, "{'type':'assistant','uuid':'a1','timestamp':'2026-03-01T12:01:00Z','message':{'id':'m'}}")
                .flush(session, Arrival.MISSED);
        assertThat(room.updates().get(0).records()).hasSize(1);
        assertThat(state()).isEqualTo(ENDED);
    }

    @Test
    @DisplayName("the owner of an older agent's file is known; until it is, nothing of the file is kept")
    void legacyAgent() {
        TranscriptLocation agent = Room.legacyAgent("x");
        room.live(agent, "{'type':'mode'}", "{torn");
        assertThat(room.store.places()).isEmpty();
        restart();
        room.live(
                agent,
                "{'type':'mode'}",
                "{torn",
                Room.prompt("u1", "one").replace("'uuid'", "'sessionId':'s','uuid'"));
        assertThat(room.store.lineCount()).isEqualTo(3);
        assertThat(room.store.places()).extracting(FilePlace::badLines).containsExactly(1L);
        restart();
        assertThat(room.feed.ownerOf(agent)).map(FileOwner::conversationId).contains("s");
        room.live(agent, Room.prompt("u2", "two"));
        assertThat(room.updates().get(0).records())
                .extracting(RecordExcerpt::agentId, RecordExcerpt::position)
                .containsExactly(tuple("x", 4L));
        assertThat(room.state("s").agentCount()).isEqualTo(1);
    }

    @Test
    @DisplayName("a project that was left empty is unknown to all, and its version goes on rising")
    void emptyProject() {
        room.live(session, Room.prompt("u1", "one"));
        String guess = room.state("s").projectId();
        room.live(session, Room.answer("a1", "two").replace("'uuid'", "'cwd':'/home/ada/engine','uuid'"));
        long version = room.store.projects().stream()
                .filter(project -> project.id().equals(guess))
                .findFirst()
                .orElseThrow()
                .version();
        restart();
        assertThat(room.catalog.project(guess)).isEmpty();
        room.live(Room.session("t"), Room.prompt("u1", "one"));
        assertThat(room.catalog.project(guess).orElseThrow().version()).isGreaterThan(version);
    }

    @Test
    @DisplayName("what a secret was replaced by is what is kept, told and known again")
    void redaction() {
        String line = "{'type':'user','message':{'content':'it is gh" + "p_Ab3dE6gH9jK2mN5pQ8sT1vW4xY7z'}}";
        for (int i = 0; i < 2; i++) {
            room.feed.begin(session, true);
            room.live(session, line);
        }
        assertThat(room.updates()).hasSize(1);
        assertThat(room.updates().get(0).records().get(0).text()).isEqualTo("it is [redacted:github-token]");
        assertThat(new String(room.store.lastLines("s", 9).get(0).line().text(), UTF_8))
                .contains("[redacted:github-token]");
    }
}
