package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.Tokens;
import dev.observatory.transcript.TranscriptLocation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The details of a conversation")
class DetailsTest {

    private static final Instant START = Instant.parse("2026-01-01T23:59:58Z");

    private final Room room = new Room();
    private final TranscriptLocation session = Room.session("s");

    private static String at(int second, String record) {
        return record.replaceFirst("\\{", "{'timestamp':'" + START.plusSeconds(second) + "',");
    }

    private ConversationDetails details() {
        return room.catalog.details("s");
    }

    @Test
    @DisplayName("A tool call has its name, its input and how long it took, also when the result never comes")
    void toolCalls() {
        room.live(
                session,
                at(
                        0,
                        "{'type':'assistant','uuid':'a','message':{'id':'m','content':[{'type':'tool_use','id':'t1','name':'Bash',"
                                + "'input':{'command':'make'}},{'type':'tool_use','id':'t2','name':'Read','input':{}}]}}"),
                at(
                        3,
                        "{'type':'user','uuid':'b','message':{'content':[{'type':'tool_result','tool_use_id':'t1','is_error':true}]}}"),
                at(9, "{'type':'user','uuid':'c','message':{'content':[{'type':'tool_result','tool_use_id':'t1'}]}}"));
        assertThat(details().toolCalls())
                .containsExactly(
                        new ToolCall("t1", null, "Bash", "make", START, START.plusSeconds(3), 3000L, true),
                        new ToolCall("t2", null, "Read", null, START, null, null, null));
        assertThat(room.state("s").toolCallCount()).isEqualTo(2);
    }

    @Test
    @DisplayName("Times run backwards at places, but no call takes less than no time")
    void backwards() {
        room.live(
                session,
                at(5, Room.call("a", "t1")),
                at(2, Room.result("b", "t1")),
                Room.call("c", "t2"),
                at(9, Room.result("d", "t2")));
        assertThat(details().toolCalls()).extracting(ToolCall::durationMs).containsExactly(0L, null);
    }

    @Test
    @DisplayName("An agent has its task, its calls, its tokens and their cost")
    void agents() {
        room.live(session, Room.prompt("u", "do it"));
        room.live(
                Room.agent("s", "x"),
                at(0, Room.prompt("u1", "look for it")),
                at(1, Room.call("a1", "t1")),
                at(
                        2,
                        "{'type':'assistant','uuid':'a2','message':{'id':'m','model':'claude-opus-4-6','usage':"
                                + "{'input_tokens':10,'output_tokens':5}}}"));
        assertThat(details().agents())
                .containsExactly(new Agent(
                        "x",
                        "look for it",
                        "claude-opus-4-6",
                        3,
                        1,
                        new Tokens(10, 5, 0, 0),
                        new BigDecimal("0.000175"),
                        START,
                        START.plusSeconds(2)));
        assertThat(details().toolCalls()).extracting(ToolCall::agentId).containsExactly("x");
    }

    @Test
    @DisplayName("Use is told apart by agent, model, branch and day")
    void usage() {
        String answer =
                "{'type':'assistant','uuid':'%s','gitBranch':'%s','message':{'id':'%s','model':'claude-opus-4-6',"
                        + "'usage':{'input_tokens':10,'output_tokens':5}}}";
        room.live(session, at(0, answer.formatted("1", "main", "m1")), at(1, answer.formatted("2", "main", "m2")));
        room.live(session, at(2, answer.formatted("3", "main", "m3")), answer.formatted("4", "", "m4"));
        LocalDate first = LocalDate.of(2026, 1, 1);
        assertThat(details().usage())
                .containsExactly(
                        new Usage(
                                null,
                                "claude-opus-4-6",
                                "main",
                                first,
                                new Tokens(20, 10, 0, 0),
                                new BigDecimal("0.00035")),
                        new Usage(
                                null,
                                "claude-opus-4-6",
                                "main",
                                first.plusDays(1),
                                new Tokens(10, 5, 0, 0),
                                new BigDecimal("0.000175")),
                        new Usage(
                                null,
                                "claude-opus-4-6",
                                null,
                                null,
                                new Tokens(10, 5, 0, 0),
                                new BigDecimal("0.000175")));
        assertThat(room.store.usageOf("s")).isEqualTo(details().usage());
    }

    @Test
    @DisplayName("What was copied from another session is nobody's call and nobody's use")
    void inherited() {
        String id = "0f8e7d6c-1111-4222-8333-444455556666";
        room.live(Room.session(id), Room.call("a", "t").replaceFirst("\\{", "{'sessionId':'another',"));
        assertThat(room.catalog.details(id).toolCalls()).isEmpty();
        assertThat(room.state(id).toolCallCount()).isZero();
    }

    @Test
    @DisplayName("An unknown conversation has none")
    void unknown() {
        assertThat(room.catalog.details("nobody")).isEqualTo(ConversationDetails.NONE);
    }
}
