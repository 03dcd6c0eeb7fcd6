package dev.observatory.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.observatory.conversation.HookEvent;
import dev.observatory.conversation.HookEvent.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An event of a hook")
class HookReaderTest {

    private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");

    private final HookReader reader = new HookReader();

    /** Writes {@code "} for {@code '}. */
    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private HookEvent read(String rest) {
        String common = "{'session_id':'s1','transcript_path':'/home/ada/.claude/projects/-home-ada/s1.jsonl',"
                + "'cwd':'/home/ada','permission_mode':'default',";
        return reader.read(bytes(common + rest + "}"), NOW).orElse(null);
    }

    @ParameterizedTest
    @CsvSource({
        "UserPromptSubmit, PROMPT",
        "PreToolUse, TOOL_CALL",
        "PostToolUse, TOOL_END",
        "PostToolUseFailure, TOOL_END",
        "PermissionDenied, TOOL_END",
        "PermissionRequest, QUESTION",
        "Stop, TURN_END",
        "StopFailure, TURN_END",
        "SubagentStop, AGENT_END",
        "SessionStart, SESSION_START",
        "SessionEnd, SESSION_END",
    })
    @DisplayName("says what has happened in which session, and when")
    void kinds(String name, Kind kind) {
        assertThat(read("'hook_event_name':'" + name + "'")).isEqualTo(new HookEvent("s1", kind, null, null, NOW));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'notification_type':'permission_prompt'                       | QUESTION",
                "'notification_type':'elicitation_dialog'                      | QUESTION",
                "'notification_type':'idle_prompt'                             | TURN_END",
                "'notification_type':'auth_success','message':'your permission'|",
                "'message':'Claude needs your permission to use Bash'          | QUESTION",
                "'message':'Claude is waiting for your input'                  | TURN_END",
                "'message':'Hello'                                             |",
                "'message':{}                                                  |",
            })
    @DisplayName("is a notification of a kind, which older versions put into words only")
    void notifications(String fields, Kind kind) {
        HookEvent event = read("'hook_event_name':'Notification'," + fields.strip());

        assertThat(event == null ? null : event.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'hook_event_name':'PreCompact','trigger':'auto'",
                "'hook_event_name':'PostCompact'",
                "'hook_event_name':'SessionStart','source':'compact'",
                "'hook_event_name':'SubagentStart','agent_id':'a'",
                "'hook_event_name':'InventedTomorrow','what':[{'x':null}]",
            })
    @DisplayName("may say nothing of the state, or be unknown: that is no error")
    void nothing(String fields) {
        assertThat(read(fields)).isNull();
    }

    @Test
    @DisplayName("names agent and tool; what else it has is passed over, however it looks")
    void agentAndTool() {
        HookEvent event = read("'tool_input':{'session_id':'no','list':[1,{'hook_event_name':'no'}]},"
                + "'hook_event_name':'PreToolUse','agent_id':'agent-a17','agent_type':'Explore','tool_name':'Bash',"
                + "'message':7,'source':null,'new':{'deep':[[[]]]}");

        assertThat(event).isEqualTo(new HookEvent("s1", Kind.TOOL_CALL, "a17", "Bash", NOW));
    }

    @Test
    @DisplayName("is of the conversation that its session's file would be, whatever the session is called")
    void conversation() {
        byte[] body = bytes("{'session_id':'../../etc/ü','hook_event_name':'Stop'}");

        assertThat(reader.read(body, NOW).orElseThrow().conversationId()).matches("\\.\\.-\\.\\.-etc---[0-9a-z]+");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'hook_event_name':'Stop'}                      | session_id",
                "{'session_id':null,'hook_event_name':'Stop'}    | session_id",
                "{'session_id':7,'hook_event_name':'Stop'}       | session_id",
                "{'session_id':' ','hook_event_name':'Stop'}     | session_id",
                "{'session_id':['s'],'hook_event_name':'Stop'}   | session_id",
                "{'session_id':'s'}                              | hook_event_name",
                "{'session_id':'s','hook_event_name':{}}         | hook_event_name",
                "{}                                              | session_id",
                "''                                              | body",
                "{                                               | body",
                "[{'session_id':'s','hook_event_name':'Stop'}]   | body",
                "{'session_id':'s','hook_event_name':'Stop'      | body",
                "{'session_id':'s','hook_event_name':'Stop'} {}  | body",
                "{'session_id':'s','hook_event_name':'Stop'}x    | body",
                "null                                            | body",
                "NaN                                             | body",
                "<xml/>                                          | body",
            })
    @DisplayName("that cannot be read is refused, with the field that is to blame")
    void refused(String json, String field) {
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> reader.read(bytes(json), NOW))
                .satisfies(refusal -> assertThat(refusal.parameter()).isEqualTo(field));
    }

    @Test
    @DisplayName("of any nesting, of any length and of any bytes is read or refused")
    void hostile() {
        String nested = "{'session_id':'s','hook_event_name':'Stop','x':" + "[".repeat(500_000) + "]".repeat(500_000);
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> reader.read(bytes(nested + "}"), NOW));
        String longName = "x".repeat(400_000);
        HookEvent event =
                read("'hook_event_name':'PreToolUse','tool_name':'" + longName + "','agent_id':'" + longName + "'");
        assertThat(event.tool()).hasSize(200);
        assertThat(event.agentId()).hasSize(200);

        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] good = bytes("{'session_id':'s','hook_event_name':'Stop','tool_name':'ü'}");
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length));
            bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            try {
                reader.read(bad, NOW);
            } catch (InvalidParameterException refusal) {
                assertThat(refusal.parameter()).as("seed %s", seed).isNotNull();
            }
        }
    }
}
