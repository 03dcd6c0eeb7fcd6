package dev.observatory.conversation;

import static dev.observatory.message.ConversationState.ENDED;
import static dev.observatory.message.ConversationState.IDLE;
import static dev.observatory.message.ConversationState.WAITING;
import static dev.observatory.message.ConversationState.WORKING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.observatory.conversation.HookEvent.Kind;
import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ConversationUpdate.Change;
import dev.observatory.message.ProjectUpdate;
import dev.observatory.transcript.TranscriptLocation;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What a hook says of a conversation")
class HooksTest {

    private static final Duration MOMENT = Duration.ofMillis(1);

    private final TranscriptLocation session = Room.session("s");
    private final TranscriptLocation agent = Room.agent("s", "x");
    private Room room = new Room();

    private void hook(Kind kind, String agentId, String tool) {
        room.feed.report(new HookEvent("s", kind, agentId, tool, room.clock.instant()));
    }

    private void hook(Kind kind) {
        hook(kind, null, null);
    }

    private ConversationState state() {
        return room.state("s").state();
    }

    /** A line that was written a moment ago. */
    private void written(TranscriptLocation file, String line) {
        String time = room.clock.instant().toString();
        room.live(file, line.replaceFirst("\\{", "{'timestamp':'" + time + "',"));
    }

    private void writtenLater(TranscriptLocation file, String line) {
        room.clock.advance(MOMENT);
        written(file, line);
    }

    @ParameterizedTest
    @CsvSource({
        "PROMPT, WORKING",
        "TOOL_CALL, WORKING",
        "TOOL_END, WORKING",
        "QUESTION, WAITING",
        "TURN_END, IDLE",
        "SESSION_START, IDLE",
        "SESSION_END, ENDED",
    })
    @DisplayName("is told at once, and once")
    void told(Kind kind, ConversationState state) {
        room.live(session, state == WORKING ? Room.answer("a1", "done") : Room.prompt("u1", "go"));
        room.drafts.clear();
        hook(kind);
        hook(kind);
        assertThat(state()).isEqualTo(state);
        assertThat(room.updates())
                .extracting(ConversationUpdate::state, ConversationUpdate::change)
                .containsExactly(tuple(state, state == ENDED ? Change.ENDED : Change.STATE));
        assertThat(room.updates().get(0).records()).isEmpty();
        boolean active = state == WORKING || state == WAITING;
        assertThat(room.catalog.projects())
                .extracting(ProjectUpdate::activeConversations)
                .containsExactly(active ? 1 : 0);
        assertThat(room.store.conversations())
                .extracting(ConversationUpdate::state)
                .containsExactly(state);
    }

    @Test
    @DisplayName("may be that a sub-agent has ended, which changes nothing")
    void agentEnded() {
        room.live(session, Room.prompt("u1", "go"));
        room.drafts.clear();
        hook(Kind.AGENT_END, "x", null);
        hook(Kind.AGENT_END);
        assertThat(room.drafts).isEmpty();
    }

    @Test
    @DisplayName("about a slow tool holds when a guess would take it for a question")
    void slowTool() {
        written(session, Room.call("a1", "c1"));
        hook(Kind.TOOL_CALL, null, "Bash");
        room.later(Duration.ofMinutes(5));
        assertThat(state()).isEqualTo(WORKING);
        written(session, Room.result("r1", "c1"));
        writtenLater(session, Room.call("a2", "c2"));
        room.later(Duration.ofSeconds(15));
        assertThat(state()).isEqualTo(WAITING);
    }

    @Test
    @DisplayName("about a question holds while progress is noted, and until its call has a result")
    void question() {
        written(session, Room.call("a1", "c1"));
        hook(Kind.QUESTION, null, "Bash");
        assertThat(state()).isEqualTo(WAITING);
        writtenLater(session, "{'type':'progress','uuid':'p1','data':{}}");
        assertThat(state()).isEqualTo(WAITING);
        writtenLater(session, Room.result("r1", "c1"));
        assertThat(state()).isEqualTo(WORKING);
    }

    @Test
    @DisplayName("about a question is over when the user has answered it with no")
    void refused() {
        written(session, Room.call("a1", "c1"));
        hook(Kind.QUESTION, null, "Bash");
        writtenLater(session, Room.prompt("u1", "[Request interrupted by user for tool use]"));
        assertThat(state()).isEqualTo(IDLE);
    }

    @Test
    @DisplayName("comes before the lines that were written before it: reading them changes nothing")
    void linesBehind() {
        written(session, Room.prompt("u1", "go"));
        String call = timed(Room.call("a1", "c1"));
        String result = timed(Room.result("r1", "c1"));
        String text = timed(Room.answer("a2", "done"));
        room.clock.advance(MOMENT);
        hook(Kind.TURN_END);
        room.drafts.clear();
        for (String line : new String[] {call, result, text}) {
            room.clock.advance(MOMENT);
            room.live(session, line);
            assertThat(state()).isEqualTo(IDLE);
        }
        assertThat(room.updates()).extracting(ConversationUpdate::state).containsOnly(IDLE);
        writtenLater(session, "{'type':'system','uuid':'y','subtype':'turn_duration'}");
        assertThat(state()).isEqualTo(IDLE);
        writtenLater(session, Room.prompt("u2", "more"));
        assertThat(state()).isEqualTo(WORKING);
    }

    private String timed(String line) {
        return line.replaceFirst("\\{", "{'timestamp':'" + room.clock.instant() + "',");
    }

    @Test
    @DisplayName("about a question comes before its call's line, too")
    void questionBeforeCall() {
        written(session, Room.prompt("u1", "go"));
        String call = timed(Room.call("a1", "c1"));
        room.clock.advance(MOMENT);
        hook(Kind.QUESTION, null, "Bash");
        room.live(session, call);
        assertThat(state()).isEqualTo(WAITING);
    }

    @Test
    @DisplayName("about the end of a session holds against its last words, and a prompt brings the session back")
    void ended() {
        written(session, Room.prompt("u1", "go"));
        hook(Kind.SESSION_END);
        writtenLater(session, "{'type':'ai-title','uuid':'t1','title':'Going'}");
        assertThat(state()).isEqualTo(ENDED);
        room.later(Duration.ofHours(2));
        assertThat(state()).isEqualTo(ENDED);
        hook(Kind.SESSION_START);
        assertThat(state()).isEqualTo(IDLE);
        hook(Kind.SESSION_END);
        writtenLater(session, Room.prompt("u2", "more"));
        assertThat(state()).isEqualTo(WORKING);
    }

    @Test
    @DisplayName("holds for as long as a conversation does that nothing comes to")
    void timeOut() {
        written(session, Room.call("a1", "c1"));
        room.later(Duration.ofMinutes(29));
        hook(Kind.QUESTION, null, "Bash");
        room.later(Duration.ofMinutes(29));
        assertThat(state()).isEqualTo(WAITING);
        room.later(Duration.ofMinutes(1));
        assertThat(room.updates())
                .extracting(ConversationUpdate::state, ConversationUpdate::change)
                .endsWith(tuple(ENDED, Change.ENDED));
        hook(Kind.TOOL_END, null, "Bash");
        assertThat(state()).isEqualTo(WORKING);
    }

    @Test
    @DisplayName("is what the hook says that came last")
    void latest() {
        written(session, Room.prompt("u1", "go"));
        hook(Kind.QUESTION, null, "Bash");
        hook(Kind.TOOL_END, null, "Bash");
        assertThat(state()).isEqualTo(WORKING);
        hook(Kind.QUESTION);
        assertThat(state()).isEqualTo(WAITING);
        hook(Kind.TOOL_CALL, null, "Read");
        assertThat(state()).isEqualTo(WORKING);
        hook(Kind.QUESTION, null, "Bash");
        hook(Kind.TURN_END);
        assertThat(state()).isEqualTo(IDLE);
        hook(Kind.PROMPT);
        assertThat(state()).isEqualTo(WORKING);
    }

    @Test
    @DisplayName("about the end of a call is late behind the end of its turn: it begins nothing")
    void overtaken() {
        written(session, Room.prompt("u1", "go"));
        hook(Kind.TURN_END);
        hook(Kind.TOOL_END, null, "Bash");
        assertThat(state()).isEqualTo(IDLE);
        hook(Kind.SESSION_END);
        hook(Kind.TOOL_END, null, "Bash");
        assertThat(state()).isEqualTo(ENDED);
        hook(Kind.TOOL_CALL, null, "Bash");
        assertThat(state()).isEqualTo(WORKING);
    }

    @Test
    @DisplayName("about one of several calls side by side does not answer what is asked for another")
    void sideBySide() {
        written(session, Room.call("a1", "c1"));
        written(session, Room.call("a2", "c2"));
        hook(Kind.QUESTION, null, "Bash");
        hook(Kind.QUESTION, null, "WebFetch");
        writtenLater(session, Room.call("a3", "c3"));
        hook(Kind.TOOL_CALL, null, "Read");
        hook(Kind.TOOL_END, null, "Read");
        writtenLater(session, Room.result("r3", "c3"));
        assertThat(state()).isEqualTo(WAITING);
        hook(Kind.TOOL_END, null, "Bash");
        writtenLater(session, Room.result("r1", "c1"));
        assertThat(state()).isEqualTo(WAITING);
        hook(Kind.TOOL_END, null, "WebFetch");
        assertThat(state()).isEqualTo(WORKING);
    }

    @Test
    @DisplayName("about what a sub-agent asks is answered by that agent alone, by a hook or a record")
    void agents() {
        written(session, Room.call("a1", "c1"));
        hook(Kind.TOOL_CALL, null, "Task");
        hook(Kind.QUESTION, "x", "Bash");
        hook(Kind.QUESTION); // the notification that follows
        hook(Kind.TOOL_CALL, "other", "Bash");
        hook(Kind.TOOL_END, "other", "Bash");
        writtenLater(Room.agent("s", "other"), Room.result("o1", "d0"));
        assertThat(state()).isEqualTo(WAITING);
        hook(Kind.TOOL_END, "x", "Bash");
        assertThat(state()).isEqualTo(WORKING);
        hook(Kind.QUESTION, "x", "Bash");
        writtenLater(agent, Room.call("x1", "d1"));
        assertThat(state()).isEqualTo(WAITING);
        writtenLater(agent, Room.result("x2", "d1"));
        assertThat(state()).isEqualTo(WORKING);
        hook(Kind.QUESTION, "x", "Bash");
        hook(Kind.AGENT_END, "x", null);
        assertThat(state()).isEqualTo(WORKING);
    }

    @Test
    @DisplayName("about an agent that outlives its turn leaves the session idle behind it")
    void background() {
        written(session, Room.answer("a1", "started"));
        hook(Kind.TURN_END);
        hook(Kind.TOOL_CALL, "x", "Bash");
        assertThat(state()).isEqualTo(IDLE);
        hook(Kind.QUESTION, "x", "Bash");
        assertThat(state()).isEqualTo(WAITING);
        hook(Kind.TURN_END);
        assertThat(state()).isEqualTo(WAITING);
        hook(Kind.TOOL_END, "x", "Bash");
        assertThat(state()).isEqualTo(IDLE);
    }

    @Test
    @DisplayName("is held while its file was not seen, and told with the first line")
    void held() {
        hook(Kind.PROMPT);
        hook(Kind.QUESTION, null, "Bash");
        assertThat(room.drafts).isEmpty();
        assertThat(room.store.asked()).isEqualTo(new Room().store.asked());
        assertThat(room.feed.hooks()).isEqualTo(new HookFigures(2, 1, 0));
        room.later(Duration.ofSeconds(59));
        room.live(
                session,
                "{'timestamp':'" + Room.START + "'," + Room.prompt("u1", "go").substring(1));
        assertThat(room.updates())
                .extracting(ConversationUpdate::state, ConversationUpdate::change)
                .containsExactly(tuple(WAITING, Change.CREATED));
        assertThat(room.feed.hooks()).isEqualTo(new HookFigures(2, 0, 0));
    }

    @Test
    @DisplayName("is held of an old conversation that is still being imported, and shows that it lives")
    void heldDuringImport() {
        hook(Kind.PROMPT);
        room.backlog(
                session,
                "{'timestamp':'2026-01-01T00:00:00Z',"
                        + Room.answer("a1", "done").substring(1));
        assertThat(state()).isEqualTo(WORKING);
        room.later(Duration.ofMinutes(30));
        assertThat(state()).isEqualTo(ENDED);
    }

    @Test
    @DisplayName("is forgotten when no file comes within a minute, or when there are too many")
    void forgotten() {
        hook(Kind.QUESTION);
        room.later(Duration.ofMinutes(1));
        assertThat(room.feed.hooks()).isEqualTo(new HookFigures(1, 0, 1));
        written(session, Room.prompt("u1", "go"));
        assertThat(state()).isEqualTo(WORKING);
        for (int i = 0; i <= HeldReports.MAX; i++) {
            room.feed.report(new HookEvent("t" + i, Kind.TURN_END, null, null, room.clock.instant()));
        }
        assertThat(room.feed.hooks().held()).isEqualTo(HeldReports.MAX);
        assertThat(room.feed.hooks().forgotten()).isEqualTo(2);
    }

    @Test
    @DisplayName("is told of a dormant conversation, which sleeps on")
    void dormant() {
        written(session, Room.answer("a1", "done"));
        room = room.reopened();
        int asked = room.store.asked();
        hook(Kind.QUESTION, "x", "Bash");
        hook(Kind.TOOL_END, "x", "Bash");
        hook(Kind.TURN_END);
        hook(Kind.SESSION_END);
        assertThat(room.updates()).extracting(ConversationUpdate::state).containsExactly(WAITING, IDLE, ENDED);
        assertThat(room.feed.conversations().awakeCount()).isZero();
        assertThat(room.store.asked()).isEqualTo(asked + 3);
    }

    @Test
    @DisplayName("of a dormant conversation that works is believed instead of waking it, as long as it holds")
    void dormantWorking() {
        written(session, Room.call("a1", "c1"));
        room = room.reopened();
        hook(Kind.TOOL_CALL, null, "Bash");
        room.later(Duration.ofMinutes(1));
        assertThat(state()).isEqualTo(WORKING);
        assertThat(room.feed.conversations().awakeCount()).isZero();
        String before = timed(Room.call("a2", "c2"));
        room.clock.advance(MOMENT);
        hook(Kind.QUESTION, null, "Bash");
        room.live(session, before);
        assertThat(room.feed.conversations().awakeCount()).isOne();
        assertThat(state()).isEqualTo(WAITING);
    }

    @Test
    @DisplayName("is kept over a restart, as any state is")
    void restart() {
        written(session, Room.prompt("u1", "go"));
        hook(Kind.QUESTION, null, "Bash");
        room = room.reopened();
        room.later(Duration.ofMinutes(1));
        assertThat(state()).isEqualTo(WAITING);
        hook(Kind.SESSION_END);
        room = room.reopened();
        room.later(Duration.ofMinutes(1));
        assertThat(state()).isEqualTo(ENDED);
        assertThat(room.drafts).isEmpty();
    }

    @Test
    @DisplayName("waits for the store, and for the start")
    void storeAway() {
        written(session, Room.prompt("u1", "go"));
        room.store.leave();
        room.live(session, Room.prompt("u2", "on"));
        hook(Kind.QUESTION);
        room.later(MOMENT);
        assertThat(state()).isEqualTo(WORKING);
        room.store.comeBack();
        room.later(MOMENT);
        assertThat(state()).isEqualTo(WAITING);

        room.store.leave();
        Room next = room.reopened();
        next.feed.report(new HookEvent("s", Kind.TURN_END, null, null, next.clock.instant()));
        assertThat(next.drafts).isEmpty();
        room.store.comeBack();
        next.later(MOMENT);
        assertThat(next.updates()).extracting(ConversationUpdate::state).containsExactly(IDLE);
    }

    @Test
    @DisplayName("that cannot be kept is told when it can")
    void storeAwayMeanwhile() {
        written(session, Room.prompt("u1", "go"));
        room.store.leave();
        room.drafts.clear();
        hook(Kind.TURN_END);
        assertThat(room.drafts).isEmpty();
        room.store.comeBack();
        room.later(MOMENT);
        assertThat(room.updates()).extracting(ConversationUpdate::state).containsExactly(IDLE);
    }

    @Test
    @DisplayName("of questions that nobody answers takes no more room than a few")
    void endless() {
        written(session, Room.prompt("u1", "go"));
        for (int i = 0; i < 100_000; i++) {
            hook(Kind.QUESTION, "agent" + i, "Bash");
        }
        hook(Kind.QUESTION, null, "Bash");
        assertThat(state()).isEqualTo(WAITING);
        for (int i = 0; i < 31; i++) {
            hook(Kind.TOOL_END, "agent" + (99_999 - i), "Bash");
        }
        assertThat(state()).isEqualTo(WAITING);
        hook(Kind.TOOL_END, null, "Bash");
        assertThat(state()).isEqualTo(WORKING);
    }
}
