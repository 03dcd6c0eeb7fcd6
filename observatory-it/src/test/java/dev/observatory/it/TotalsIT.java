package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotalsIT extends ServerTest {

    private AgentFiles agent;
    private String project;

    /** A session with two answers and a tool call. */
    private void told() {
        agent = Server.agent();
        ConsoleClient client = server.subscriber("conversation:" + agent.id());
        agent.append(agent.prompt("count me") + "\n" + agent.answer("one") + "\n" + agent.call("t1", "make") + "\n"
                + agent.answer("two"));
        project = client.await(TranscriptFeedIT.conversation(agent)).data().getString("project_id");
    }

    @Test
    @DisplayName("tokens are added up by project, branch, model and day, and whoever was told of them finds them there")
    void totals() {
        told();

        JsonObject totals = Server.json(server.get("api/totals?by=project,branch,model,day&project=" + project, 200));

        assertThat(totals.getInt("total")).isEqualTo(1);
        JsonObject row = totals.getJsonArray("items").getJsonObject(0);
        assertThat(row.getString("project_id")).isEqualTo(project);
        assertThat(row.getString("branch")).isEqualTo("main");
        assertThat(row.getString("model")).isEqualTo("claude-test-1");
        assertThat(row.getString("day")).matches("\\d{4}-\\d\\d-\\d\\d");
        assertThat(row.getInt("conversations")).isEqualTo(1);
        assertThat(row.getJsonObject("tokens").getInt("input")).isEqualTo(20);
        assertThat(row.getJsonObject("tokens").getInt("output")).isEqualTo(10);
        assertThat(row.getInt("unpriced_tokens")).isEqualTo(40);
        assertThat(row).doesNotContainKey("cost_usd");
        String day = row.getString("day");
        assertThat(Server.json(server.get("api/totals?by=day&until=" + day + "&project=" + project, 200))
                        .getJsonArray("items"))
                .isEmpty();
    }

    @Test
    @DisplayName("a conversation's details show its tool calls and what it has used")
    void details() {
        told();

        JsonObject details = Server.json(server.get("api/conversations/" + agent.id() + "/details", 200));

        assertThat(details.getJsonArray("agents")).isEmpty();
        JsonObject call = details.getJsonArray("tool_calls").getJsonObject(0);
        assertThat(call.getString("id")).isEqualTo("t1");
        assertThat(call.getString("name")).isEqualTo("Bash");
        assertThat(call.getString("input")).isEqualTo("make");
        assertThat(call).doesNotContainKey("duration_ms");
        assertThat(details.getInt("tool_calls_omitted")).isZero();
        assertThat(details.getJsonArray("usage")
                        .getJsonObject(0)
                        .getJsonObject("tokens")
                        .getInt("output"))
                .isEqualTo(10);
        assertThat(Server.json(server.get("api/conversations/" + agent.id() + "/details?tool_calls=0", 200))
                        .getInt("tool_calls_omitted"))
                .isEqualTo(1);
        server.get("api/conversations/none/details", 404);
    }

    @ParameterizedTest
    @CsvSource({
        "totals?by=colour, by",
        "'totals?by=day,', by",
        "totals?since=now, since",
        "totals?until=2026-02-30, until",
        "conversations/x/details?tool_calls=-1, tool_calls",
    })
    @DisplayName("a parameter that cannot be is answered with a problem that names it")
    void namesTheParameter(String path, String parameter) {
        assertThat(Server.json(server.get("api/" + path, 400)).getString("field"))
                .isEqualTo(parameter);
    }
}
