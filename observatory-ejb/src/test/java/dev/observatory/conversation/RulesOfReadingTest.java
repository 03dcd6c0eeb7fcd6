package dev.observatory.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.RecordExcerpt;
import dev.observatory.message.Tokens;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as what, one quirk of the files each. */
@DisplayName("The rules of reading")
class RulesOfReadingTest {

    private static final String UUID = "11111111-2222-4333-8444-555555555555";

    private final Room room = new Room();

    private ConversationUpdate session(String name, String... lines) {
        return room.live(Room.session(name), lines).state(name);
    }

    private RecordExcerpt excerpt(String line) {
        session("s", line);
        return room.catalog.recentRecords("s").get(0);
    }

    private static String user(String fields, String content) {
        return "{'type':'user','uuid':'u-" + content.hashCode() + "'," + fields + "'message':{'content':" + content
                + "}}";
    }

    @Test
    @DisplayName("A record whose uuid was seen in the same file does not count")
    void sameUuid() {
        session("s", Room.prompt("u1", "one"), Room.prompt("u1", "one again"), Room.prompt("u2", "two"));
        assertThat(room.state("s").messageCount()).isEqualTo(2);
        assertThat(room.feed.records()).isEqualTo(2);
    }

    @Test
    @DisplayName("The same uuid in another file counts")
    void sameUuidElsewhere() {
        session("s", Room.prompt("u1", "one"));
        session("t", Room.prompt("u1", "one"));
        assertThat(room.state("t").messageCount()).isEqualTo(1);
    }

    @Test
    @DisplayName("Records without uuid count by their place, and reading them again changes nothing")
    void withoutUuid() {
        String line = "{'type':'user','message':{'content':'again'}}";
        session("s", line, line);
        room.feed.restart(Room.session("s"));
        session("s", line, line);
        assertThat(room.state("s").messageCount()).isEqualTo(2);
        session("s", line);
        assertThat(room.state("s").messageCount()).isEqualTo(3);
    }

    @Test
    @DisplayName("Rows of another session are shown but not counted where the file is named by a UUID")
    void inherited() {
        String foreign = "{'type':'assistant','uuid':'u1','sessionId':'99999999-2222-4333-8444-555555555555',"
                + "'cwd':'/elsewhere','timestamp':'2020-01-01T00:00:00Z','message':{'id':'m','model':'opus',"
                + "'usage':{'input_tokens':5},'content':[{'type':'tool_use','id':'c'}]}}";
        ConversationUpdate state = session(UUID, foreign);
        assertThat(state.messageCount()).isZero();
        assertThat(state.toolCallCount()).isZero();
        assertThat(state.tokens()).isEqualTo(Tokens.NONE);
        assertThat(state.createdAt()).isNull();
        assertThat(state.cwd()).isNull();
        assertThat(state.sessionId()).isNull();
        assertThat(room.catalog.recentRecords(UUID)).hasSize(1);
        assertThat(session("chat", foreign).messageCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Fix it'",
                "[{'type':'text','text':'Fix it'}]",
                "['Fix it']",
                "[{'type':'image'}]",
                "[{'type':'text','text':'see'},{'type':'image'}]",
                "'<command-name>/clear</command-name>'",
                "'<system-reminder>x</system-reminder>'"
            })
    @DisplayName("A user's record with text or a picture is a prompt")
    void prompts(String content) {
        assertThat(session("s", user("", content)).messageCount()).isEqualTo(1);
        assertThat(room.catalog.recentRecords("s").get(0).kind()).isEqualTo("prompt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "''",
                "[]",
                "'  '",
                "[{'type':'document'}]",
                "[{'type':'tool_result','tool_use_id':'c','content':'x'},{'type':'text','text':'y'}]",
                "'<local-command-stdout>x</local-command-stdout>'",
                "'<local-command-stderr>x'",
                "'<local-command-caveat>x'",
                "'<task-notification>x'",
                "'[Request interrupted by user for tool use]'"
            })
    @DisplayName("What Claude Code writes in the user's name is no prompt")
    void noPrompts(String content) {
        assertThat(session("s", user("", content)).messageCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'isMeta':true,", "'isSidechain':true,", "'isCompactSummary':true,"})
    @DisplayName("Records marked as not the user's are no prompts")
    void markedRecords(String fields) {
        assertThat(session("s", user(fields, "'Fix it'")).messageCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "<command-name>/model</command-name><command-args>opus</command-args>, /model opus",
        "<command-message>x</command-message> <command-name>/x</command-name>, /x",
        "<command-name>deploy</command-name><command-args> now </command-args>, /deploy now",
        "<command-message>x</command-message>, <command-message>x</command-message>"
    })
    @DisplayName("A slash command is shown as it was typed")
    void slashCommands(String written, String shown) {
        assertThat(excerpt(Room.prompt("u1", written)).text()).isEqualTo(shown);
        assertThat(room.state("s").title()).isEqualTo(shown);
    }

    @Test
    @DisplayName("An assistant's message counts once, however many lines it has and however far apart they are")
    void assistantMessages() {
        String line = "{'type':'assistant','uuid':'%s','message':{'id':'%s','content':[{'type':'text','text':'x'}]}}";
        ConversationUpdate state = session(
                "s",
                line.formatted("a1", "m1"),
                Room.result("r1", "c1"),
                line.formatted("a2", "m2"),
                line.formatted("a3", "m1"));
        assertThat(state.messageCount()).isEqualTo(2);
    }

    @Test
    @DisplayName("Side-chain messages do not count, their tool calls and tokens do")
    void sidechains() {
        ConversationUpdate state = session(
                "s",
                "{'type':'assistant','uuid':'a1','isSidechain':true,'message':{'id':'m1','model':'haiku',"
                        + "'usage':{'output_tokens':7},'content':[{'type':'tool_use','id':'c1','name':'Read'}]}}");
        assertThat(state.messageCount()).isZero();
        assertThat(state.toolCallCount()).isEqualTo(1);
        assertThat(state.tokens()).isEqualTo(new Tokens(0, 7, 0, 0));
        assertThat(state.model()).isEqualTo("haiku");
    }

    @Test
    @DisplayName("Agents' files count agents, tool calls and tokens, but no messages")
    void agents() {
        String work = "{'type':'assistant','uuid':'a1','sessionId':'other','cwd':'/elsewhere','message':{'id':'%s',"
                + "'usage':{'output_tokens':7},'content':[{'type':'tool_use','id':'%s','name':'Read'}]}}";
        room.live(Room.session("s"), Room.prompt("u1", "go"));
        room.live(Room.agent("s", "a"), Room.prompt("u2", "look"), work.formatted("m1", "c1"));
        room.live(Room.agent("s", "b"), work.formatted("m2", "c2"));
        ConversationUpdate state = room.state("s");
        assertThat(state.agentCount()).isEqualTo(2);
        assertThat(state.toolCallCount()).isEqualTo(2);
        assertThat(state.messageCount()).isEqualTo(1);
        assertThat(state.tokens().output()).isEqualTo(14);
        assertThat(state.cwd()).isNull();
        assertThat(state.filePath()).isEqualTo(Room.session("s").path());
    }

    @Test
    @DisplayName("Synthetic answers cost no tokens and name no model")
    void synthetic() {
        ConversationUpdate state = session(
                "s",
                "{'type':'assistant','uuid':'a1','message':{'id':'m1','model':'<synthetic>',"
                        + "'usage':{'output_tokens':7},'content':'No response requested.'}}");
        assertThat(state.tokens()).isEqualTo(Tokens.NONE);
        assertThat(state.model()).isNull();
        assertThat(state.messageCount()).isEqualTo(1);
    }

    @Test
    @DisplayName("What progress and tool results repeat is not counted")
    void repetitions() {
        ConversationUpdate state = session(
                "s",
                "{'type':'progress','uuid':'p1','data':{'message':{'type':'assistant','message':{'id':'m1',"
                        + "'usage':{'output_tokens':7},'content':[{'type':'tool_use','id':'c1'}]}}}}",
                "{'type':'user','uuid':'u1','toolUseResult':{'usage':{'output_tokens':7}},'message':{'content':"
                        + "[{'type':'tool_result','tool_use_id':'c0','content':'x'}]}}");
        assertThat(state.tokens()).isEqualTo(Tokens.NONE);
        assertThat(state.toolCallCount()).isZero();
    }

    @Test
    @DisplayName("Cost is unknown, not zero")
    void cost() {
        assertThat(session("s", Room.answer("a1", "hi")).costUsd()).isNull();
    }

    @Test
    @DisplayName("The times of a conversation are the earliest and the latest of what was said, in any order")
    void times() {
        String line = "{'type':'%s','uuid':'%s','timestamp':'%s'}";
        ConversationUpdate state = session(
                "s",
                line.formatted("user", "u1", "2026-01-01T10:00:05Z"),
                line.formatted("assistant", "u2", "2026-01-01T10:00:01Z"),
                line.formatted("assistant", "u3", "2026-01-01T10:00:03Z"),
                line.formatted("assistant", "u4", "later"),
                line.formatted("system", "u5", "2026-01-01T11:00:00Z"));
        assertThat(state.createdAt()).isEqualTo(Instant.parse("2026-01-01T10:00:01Z"));
        assertThat(state.updatedAt()).isEqualTo(Instant.parse("2026-01-01T10:00:05Z"));
    }

    @Test
    @DisplayName("The first working directory counts and the last branch")
    void surroundings() {
        ConversationUpdate state = session(
                "s",
                "{'type':'user','uuid':'u1','sessionId':'s1','cwd':'/home/ada/engine','gitBranch':'main'}",
                "{'type':'user','uuid':'u2','sessionId':'s1','cwd':'/home/ada/engine/src','gitBranch':'fix'}",
                "{'type':'user','uuid':'u3','gitBranch':''}");
        assertThat(state.cwd()).isEqualTo("/home/ada/engine");
        assertThat(state.gitBranch()).isEqualTo("fix");
        assertThat(state.sessionId()).isEqualTo("s1");
    }

    @Test
    @DisplayName("The title comes from the session's own records")
    void title() {
        room.live(Room.agent("s", "a"), Room.prompt("u1", "agent's task".replace("'", "")));
        assertThat(room.state("s").title()).isNull();
        assertThat(session("s", Room.prompt("u2", "Fix the engine")).title()).isEqualTo("Fix the engine");
        assertThat(session("s", "{'type':'summary','summary':'Engine fixed','leafUuid':'elsewhere'}")
                        .title())
                .isEqualTo("Engine fixed");
        assertThat(session("s", "{'type':'custom-title','customTitle':'Engine'}")
                        .title())
                .isEqualTo("Engine");
    }

    @Test
    @DisplayName("An excerpt shows what a record is about")
    void excerpts() {
        session(
                "s",
                Room.call("a1", "c1"),
                Room.result("r1", "c1"),
                "{'type':'assistant','uuid':'a2','timestamp':'2026-01-01T10:00:00Z','message':{'content':"
                        + "[{'type':'thinking','thinking':'hm'}]}}",
                "{'type':'system','uuid':'y1','subtype':'local_command','content':'done'}",
                "{'type':'permission-mode','permissionMode':'plan'}",
                "{'sessionId':'old'}");
        assertThat(room.catalog.recentRecords("s"))
                .containsExactly(
                        new RecordExcerpt(1, "a1", "assistant", "tool_use", null, null, "make", "Bash", null),
                        new RecordExcerpt(2, "r1", "user", "tool_result", null, null, "done", null, null),
                        new RecordExcerpt(
                                3,
                                "a2",
                                "assistant",
                                "thinking",
                                null,
                                Instant.parse("2026-01-01T10:00:00Z"),
                                "hm",
                                null,
                                null),
                        new RecordExcerpt(4, "y1", "system", "system", null, null, "done", null, null),
                        new RecordExcerpt(5, null, null, "permission-mode", null, null, null, null, null),
                        new RecordExcerpt(6, null, null, "unknown", null, null, null, null, null));
    }

    @Test
    @DisplayName("Long texts are cut in excerpts, and marked")
    void cutExcerpts() {
        RecordExcerpt excerpt = excerpt(Room.prompt("u1", "x".repeat(5000)));
        assertThat(excerpt.text()).hasSize(2048);
        assertThat(excerpt.truncated()).isTrue();
    }
}
