package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import dev.observatory.message.Channel;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ConversationUpdate.Change;
import dev.observatory.message.Draft;
import dev.observatory.message.RecordExcerpt;
import dev.observatory.transcript.TranscriptLocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The conversation feed")
class ConversationFeedTest {

    private final Room room = new Room();
    private final TranscriptLocation session = Room.session("s");

    private static String[] prompts(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Room.prompt("u" + i, "prompt " + i))
                .toArray(String[]::new);
    }

    @Test
    @DisplayName("The first records of a conversation create it, later ones are appended")
    void createdAndAppended() {
        room.live(session, Room.prompt("u1", "one"));
        room.live(session, Room.answer("a1", "two"), Room.prompt("u2", "three"));
        assertThat(room.updates())
                .extracting(ConversationUpdate::change)
                .containsExactly(Change.CREATED, Change.APPENDED);
        assertThat(room.updates().get(1).records())
                .extracting(RecordExcerpt::position, RecordExcerpt::text)
                .containsExactly(tuple(2L, "two"), tuple(3L, "three"));
        assertThat(room.updates().get(1).messageCount()).isEqualTo(3);
    }

    @Test
    @DisplayName("An update goes to its conversation, to all conversations and to its project")
    void addresses() {
        room.live(session, Room.prompt("u1", "one"));
        Draft draft = room.drafts.get(0);
        assertThat(draft.channel()).isEqualTo(Channel.conversation("s"));
        assertThat(draft.views())
                .containsExactly(
                        Channel.ALL_CONVERSATIONS,
                        Channel.projectConversations(room.state("s").projectId()));
        assertThat(room.drafts.get(1).type()).isEqualTo("project_update");
    }

    @Test
    @DisplayName("Of many records none is lost: they are told a hundred at a time")
    void manyRecords() {
        room.live(session, prompts(0, 250));
        assertThat(room.updates()).extracting(update -> update.records().size()).containsExactly(100, 100, 50);
        assertThat(room.updates())
                .extracting(ConversationUpdate::change)
                .containsExactly(Change.CREATED, Change.APPENDED, Change.APPENDED);
        assertThat(room.updates().stream().flatMap(update -> update.records().stream()))
                .extracting(RecordExcerpt::position)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 250).boxed().toList());
    }

    @Test
    @DisplayName("Versions rise by every update, and the catalog has the last")
    void versions() {
        room.live(session, prompts(0, 250)).live(session, Room.answer("a1", "x"));
        assertThat(room.updates()).extracting(ConversationUpdate::version).containsExactly(1L, 2L, 3L, 4L);
        assertThat(room.state("s").version()).isEqualTo(4);
        assertThat(room.state("s").records()).isEmpty();
    }

    @Test
    @DisplayName("Whoever is told of a thing finds it in the catalog, with its records")
    void storedBeforeTold() {
        List<String> missing = new ArrayList<>();
        ConversationCatalog catalog = room.catalog;
        ConversationFeed feed = room.feed(draft -> {
            if (draft.data() instanceof ConversationUpdate update) {
                boolean known = catalog.conversation(update.id())
                        .filter(stored -> stored.version() == update.version())
                        .isPresent();
                boolean recent = catalog.recentRecords(update.id())
                        .containsAll(update.records()
                                .subList(
                                        Math.max(0, update.records().size() - ExcerptLog.RECENT),
                                        update.records().size()));
                if (!known || !recent || catalog.project(update.projectId()).isEmpty()) {
                    missing.add(update.toString());
                }
            }
        });
        for (String prompt : prompts(0, 250)) {
            byte[] line = Room.bytes(prompt);
            feed.line(session, line, 0, line.length);
        }
        feed.flush(session, Arrival.LIVE, room.progress());
        assertThat(missing).isEmpty();
    }

    @Test
    @DisplayName("Should whoever is told fail, the state still changes when its time comes")
    void failingReceiver() {
        List<Draft> told = new ArrayList<>();
        ConversationFeed feed = room.feed(draft -> {
            if (room.clock.instant().equals(Room.START)) {
                throw new IllegalStateException("out of order");
            }
            told.add(draft);
        });
        byte[] line = Room.bytes(Room.prompt("u1", "one"));
        feed.line(session, line, 0, line.length);
        assertThatIllegalStateException().isThrownBy(() -> feed.flush(session, Arrival.LIVE, room.progress()));
        room.clock.advance(Duration.ofMinutes(30));
        feed.tick();
        assertThat(told).extracting(Draft::channel).contains(Channel.conversation("s"));
        assertThat(room.state("s").change()).isEqualTo(Change.ENDED);
    }

    @Test
    @DisplayName("The last fifty records are kept")
    void recent() {
        room.live(session, prompts(0, 30)).live(session, prompts(30, 130));
        assertThat(room.catalog.recentRecords("s"))
                .extracting(RecordExcerpt::position)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(81, 130).boxed().toList());
        assertThat(room.catalog.recentRecords("unknown")).isEmpty();
    }

    @Test
    @DisplayName("Where nothing is new nothing is told")
    void nothingNew() {
        room.live(session, Room.prompt("u1", "one"));
        room.drafts.clear();
        room.live(session);
        room.live(session, Room.prompt("u1", "one"), "", "  ", "\r", "{broken");
        room.later(Duration.ofSeconds(1));
        assertThat(room.drafts).isEmpty();
        assertThat(room.feed.badLines()).isEqualTo(1);
    }

    @Test
    @DisplayName("Progress is not told, unless it changes the state")
    void progress() {
        room.live(session, Room.call("a1", "c1"));
        room.drafts.clear();
        room.live(session, "{'type':'progress','uuid':'p1'}");
        assertThat(room.drafts).isEmpty();
        room.later(Duration.ofSeconds(15));
        room.drafts.clear();
        room.live(session, "{'type':'progress','uuid':'p2'}");
        assertThat(room.updates()).extracting(ConversationUpdate::change).containsExactly(Change.STATE);
    }

    @Test
    @DisplayName("Of the backlog only the state is told, at first at once and then at most once a tick")
    void backlog() {
        room.backlog(session, prompts(0, 200));
        assertThat(room.updates()).extracting(ConversationUpdate::change).containsExactly(Change.CREATED);
        assertThat(room.updates().get(0).records()).isEmpty();
        assertThat(room.updates().get(0).messageCount()).isEqualTo(200);
        room.drafts.clear();
        room.backlog(session, prompts(200, 300)).backlog(session, prompts(300, 400));
        assertThat(room.drafts).isEmpty();
        assertThat(room.state("s").messageCount()).isEqualTo(400);
        assertThat(room.catalog.recentRecords("s")).hasSize(50);
        room.later(Duration.ofSeconds(1)).later(Duration.ofSeconds(1));
        assertThat(room.updates()).hasSize(1);
        assertThat(room.updates().get(0).records()).isEmpty();
        assertThat(room.updates().get(0).messageCount()).isEqualTo(400);
        assertThat(room.projectUpdates()).hasSize(1);
    }

    @Test
    @DisplayName("What comes live tells what the backlog still owed")
    void backlogThenLive() {
        room.backlog(session, prompts(0, 2)).backlog(session, prompts(2, 4));
        room.drafts.clear();
        room.live(session, Room.prompt("u9", "nine")).later(Duration.ofSeconds(1));
        assertThat(room.updates()).hasSize(1);
        assertThat(room.updates().get(0).messageCount()).isEqualTo(5);
        assertThat(room.updates().get(0).records()).hasSize(1);
    }

    @Test
    @DisplayName("A file that moved to another folder changes nothing but its path, and goes on there")
    void moved() {
        String unnumbered = "{'type':'user','message':{'content':'without uuid'}}";
        room.live(session, Room.prompt("u1", "one"), unnumbered, Room.answer("a1", "two"));
        room.live(Room.agent("s", "x"), Room.prompt("u1", "task"));
        ConversationUpdate before = room.state("s");
        int told = room.updates().size();

        TranscriptLocation elsewhere = Room.file("-home-ada-loom/s.jsonl");
        room.live(elsewhere, Room.prompt("u1", "one"), unnumbered, Room.answer("a1", "two"));
        room.live(Room.file("-home-ada-loom/s/subagents/agent-x.jsonl"), Room.prompt("u1", "task"));
        assertThat(room.updates()).hasSize(told);

        room.live(elsewhere, Room.prompt("u2", "three"));
        assertThat(room.state("s").messageCount()).isEqualTo(before.messageCount() + 1);
        assertThat(room.state("s").filePath()).isEqualTo("-home-ada-loom/s.jsonl");
        assertThat(room.updates().get(told).records())
                .extracting(RecordExcerpt::text)
                .containsExactly("three");
    }

    @Test
    @DisplayName("A file read again from its beginning changes nothing and tells nothing")
    void restart() {
        String[] lines = {Room.prompt("u1", "one"), "{'type':'mode'}", "{broken", "{'type':'mode'}"};
        room.live(session, lines);
        ConversationUpdate before = room.state("s");
        room.drafts.clear();
        room.feed.restart(session);
        room.live(session, lines);
        assertThat(room.drafts).isEmpty();
        assertThat(room.state("s")).isEqualTo(before);
        assertThat(room.feed.badLines()).isEqualTo(1);
        assertThat(room.feed.records()).isEqualTo(3);
        room.live(session, Room.prompt("u2", "two"));
        assertThat(room.updates().get(0).records().get(0).position()).isEqualTo(5);
    }

    @Test
    @DisplayName("The last line of a file at rest is taken when it is complete")
    void resting() {
        assertThat(room.resting(session, "{'type':'mo")).isFalse();
        assertThat(room.resting(session, "")).isFalse();
        assertThat(room.resting(session, "17")).isFalse();
        assertThat(room.feed.badLines()).isZero();
        assertThat(room.resting(session, "{'type':'mode'}")).isTrue();
        room.flush(session, Arrival.LIVE);
        assertThat(room.updates().get(0).records().get(0).position()).isEqualTo(1);
        room.live(session, "", Room.prompt("u1", "one"));
        assertThat(room.updates().get(1).records().get(0).position()).isEqualTo(2);
        assertThat(room.feed.records()).isEqualTo(2);
    }

    @Test
    @DisplayName("A line that is too long counts as bad, once, and leaves its trace")
    void oversized() {
        room.feed.oversizedLine(session, 20_000_000);
        room.flush(session, Arrival.LIVE);
        room.feed.restart(session);
        room.feed.oversizedLine(session, 20_000_000);
        room.flush(session, Arrival.LIVE);
        assertThat(room.feed.badLines()).isEqualTo(1);
        assertThat(room.feed.records()).isZero();
        assertThat(room.updates()).hasSize(1);
        assertThat(room.updates().get(0).records()).hasSize(1).allSatisfy(stub -> {
            assertThat(stub.kind()).isEqualTo("oversized");
            assertThat(stub.position()).isEqualTo(1);
            assertThat(stub.text()).contains("20000000");
        });
    }

    @Test
    @DisplayName("An agent's file of the older layout belongs to the session that its records name")
    void legacyAgent() {
        TranscriptLocation agent = Room.legacyAgent("x");
        room.live(agent, "{'type':'mode'}");
        assertThat(room.feed.ownerOf(agent)).isEmpty();
        assertThat(room.drafts).isEmpty();
        room.live(agent, "{'type':'user','uuid':'u1','sessionId':'s','message':{'content':'look'}}");
        ConversationUpdate update = room.updates().get(0);
        assertThat(update.id()).isEqualTo("s");
        assertThat(update.sessionId()).isEqualTo("s");
        assertThat(update.agentCount()).isEqualTo(1);
        assertThat(update.messageCount()).isZero();
        assertThat(update.records()).extracting(RecordExcerpt::agentId).containsExactly("x", "x");
        assertThat(room.feed.ownerOf(agent)).contains(new FileOwner("s", update.projectId()));
    }

    @Test
    @DisplayName("A file's owner is known by its path, its project with the first flush")
    void owner() {
        assertThat(room.feed.ownerOf(session)).contains(new FileOwner("s", null));
        assertThat(room.feed.ownerOf(Room.agent("s", "a"))).contains(new FileOwner("s", null));
        room.live(session, Room.prompt("u1", "one"));
        String projectId = room.state("s").projectId();
        assertThat(room.feed.ownerOf(Room.agent("s", "a"))).contains(new FileOwner("s", projectId));
    }

    @Test
    @DisplayName("Conversations are listed by newest activity, those without times last")
    void catalogOrder() {
        String line = "{'type':'user','uuid':'u','cwd':'%s','timestamp':'%s'}";
        room.live(Room.session("none"), line.formatted("/a", ""));
        room.live(Room.session("old"), line.formatted("/a", "2026-01-01T00:00:00Z"));
        room.live(Room.session("new"), line.formatted("/b", "2026-01-02T00:00:00Z"));
        assertThat(room.catalog.conversations())
                .extracting(ConversationUpdate::id)
                .containsExactly("new", "old", "none");
        assertThat(room.catalog.conversationsOf(room.state("old").projectId()))
                .extracting(ConversationUpdate::id)
                .containsExactly("old", "none");
        assertThat(room.catalog.projects())
                .extracting(project -> project.path())
                .containsExactly("/b", "/a");
    }
}
