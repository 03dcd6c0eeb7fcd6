package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import jakarta.json.JsonObject;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HooksIT extends ServerTest {

    private static final String PATH = "api/hooks/claude-code";

    @Test
    @DisplayName("what Claude Code's hooks say is told at once, as a change of state")
    void tellsTheState() {
        AgentFiles agent = Server.agent();
        ConsoleClient client = server.subscriber("conversation:" + agent.id());
        agent.append(agent.prompt("May I?"));
        client.await(TranscriptFeedIT.conversation(agent));

        long sent = System.nanoTime();
        server.post(PATH, event(agent.id(), "PermissionRequest", "\"tool_name\":\"Bash\""), 204);
        Frame waiting = client.await(state(agent, "waiting"));
        server.post(PATH, event(agent.id(), "PostToolUse", "\"tool_name\":\"Bash\""), 204);
        client.await(f -> f.is("conversation_update")
                && f.seq() > waiting.seq()
                && state(agent, "working").test(f));
        server.post(PATH, event(agent.id(), "Stop", "\"stop_hook_active\":false"), 204);
        client.await(state(agent, "idle"));
        server.post(PATH, event(agent.id(), "SessionEnd", "\"reason\":\"other\""), 204);
        Frame ended = client.await(state(agent, "ended"));

        assertThat(waiting.data().getString("change")).isEqualTo("state");
        assertThat(waiting.data().getJsonArray("records")).isEmpty();
        // the guess would have come after 15 s; that it needs no tick is in WatchLoopTest
        assertThat(waiting.nanos() - sent).isLessThan(10_000_000_000L);
        assertThat(ended.data().getString("change")).isEqualTo("ended");
        JsonObject now = Server.json(server.get("api/conversations/" + agent.id(), 200));
        assertThat(now.getString("state")).isEqualTo("ended");
    }

    @Test
    @DisplayName("a hook of a session without a file is held, and counts when the file comes")
    void holdsEarlyHooks() {
        AgentFiles agent = Server.agent();
        ConsoleClient client = server.subscriber("conversation:" + agent.id());

        assertThat(server.post(PATH, event(agent.id(), "PermissionRequest", "\"tool_name\":\"Bash\""), 202))
                .isEmpty();
        String before =
                agent.prompt("May I?").replaceAll("\"timestamp\":\"[^\"]*\"", "\"timestamp\":\"2026-01-01T00:00:00Z\"");
        agent.append(before);

        Frame created = client.await(TranscriptFeedIT.conversation(agent));
        assertThat(created.data().getString("state")).isEqualTo("waiting");
    }

    @Test
    @DisplayName("events and fields that nobody knows yet are taken, and answered without a word")
    void takesTheUnknown() {
        String body = event(UUID.randomUUID().toString(), "InventedTomorrow", "\"x\":{\"y\":[null,{\"z\":1e9}]}");

        // not 202, as if it were held for a session to come
        assertThat(server.post(PATH, body, 204)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"hook_event_name\":\"Stop\"}                   | session_id",
                "{\"session_id\":7,\"hook_event_name\":\"Stop\"}  | session_id",
                "{\"session_id\":\"s\"}                           | hook_event_name",
                "{\"session_id\":                                 | body",
                "[]                                               | body",
                "''                                               | body",
            })
    @DisplayName("what is no event of a hook is refused with a problem that names the field")
    void refusesOthers(String body, String field) {
        JsonObject problem = Server.json(server.post(PATH, body, 400));

        assertThat(problem.getString("field")).isEqualTo(field);
        assertThat(problem.getString("detail")).isNotBlank().doesNotContain("com.fasterxml");
    }

    @Test
    @DisplayName("an event of more than 1 MiB is refused with 413, one of 1 MiB is taken")
    void limitsTheSize() {
        String event = event("s", "PreCompact", "\"x\":\"\"");
        String most = event.replace("\"x\":\"", "\"x\":\"" + "x".repeat((1 << 20) - event.length()));

        server.post(PATH, most, 204);
        JsonObject problem = Server.json(server.post(PATH, most + " ", 413));
        assertThat(problem.getInt("status")).isEqualTo(413);
        Server.json(server.post(PATH, "[".repeat(3 << 20), 413));
    }

    private static String event(String session, String name, String rest) {
        return "{\"session_id\":\"" + session + "\",\"transcript_path\":\"/t/" + session
                + ".jsonl\",\"cwd\":\"/home/ada\",\"permission_mode\":\"default\",\"hook_event_name\":\"" + name + "\","
                + rest + "}";
    }

    private static Predicate<Frame> state(AgentFiles agent, String state) {
        return TranscriptFeedIT.conversation(agent)
                .and(frame -> frame.data().getString("state").equals(state));
    }
}
