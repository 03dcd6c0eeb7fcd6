package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestIT extends ServerTest {

    @Test
    @DisplayName("a conversation can be fetched by whoever was told of it, with its records")
    void tellsOneConversation() {
        AgentFiles agent = told("fetch me");

        JsonObject conversation = Server.json(server.get("api/conversations/" + agent.id(), 200));

        assertThat(conversation.getString("title")).isEqualTo("fetch me");
        assertThat(conversation.getJsonArray("records").getJsonObject(0).getString("text"))
                .isEqualTo("fetch me");
        JsonObject project = Server.json(server.get("api/projects/" + conversation.getString("project_id"), 200));
        assertThat(project.getString("path")).isEqualTo(agent.cwd());
        assertThat(Server.json(server.get("api/projects", 200)).getJsonArray("items"))
                .contains(project);
    }

    @Test
    @DisplayName("conversations are filtered, sorted and paged, each on one page")
    void pagesConversations() {
        String cwd = "/home/ada/paged-" + System.nanoTime();
        ConsoleClient client = server.subscriber("all_conversations");
        List<String> expected = new ArrayList<>();
        String project = null;
        for (int i = 0; i < 5; i++) {
            AgentFiles agent = new AgentFiles(Server.watched(), cwd);
            agent.append(agent.prompt("page " + i));
            project = client.await(TranscriptFeedIT.conversation(agent)).data().getString("project_id");
            expected.add("page " + i);
        }

        List<String> titles = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        while (cursor != null) {
            JsonObject page = Server.json(
                    server.get("api/conversations?state=working&limit=2&sort=title&project=" + project + cursor, 200));
            assertThat(page.getInt("total")).isEqualTo(5);
            page.getJsonArray("items")
                    .getValuesAs(JsonObject.class)
                    .forEach(item -> titles.add(item.getString("title")));
            String next = page.getString("next_cursor", null);
            cursor = next == null ? null : "&cursor=" + next;
            pages++;
        }

        assertThat(titles).isEqualTo(expected);
        assertThat(pages).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "conversations?limit=0, limit",
        "conversations?limit=1001, limit",
        "conversations?limit=x, limit",
        "conversations?sort=cost, sort",
        "conversations?state=asleep, state",
        "conversations?since=yesterday, since",
        "conversations?until=2026, until",
        "conversations?cursor=%21, cursor",
    })
    @DisplayName("a parameter that cannot be is answered with a problem that names it")
    void namesTheParameter(String path, String parameter) {
        JsonObject problem = Server.json(server.get("api/" + path, 400));

        assertThat(problem.getInt("status")).isEqualTo(400);
        assertThat(problem.getString("field")).isEqualTo(parameter);
        assertThat(problem.getString("detail")).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "conversations/none",
        "conversations/..%2f..%2fetc",
        "projects/none",
        "nothing",
        "application.wadl",
        "conversations/a/b"
    })
    @DisplayName("what does not exist is answered with a problem, without the server's inner life")
    void answersUnknownPaths(String path) {
        String answer = server.get("api/" + path, 404);

        assertThat(answer).doesNotContain("Exception").doesNotContain("at dev.observatory");
    }

    @Test
    @DisplayName("the status says what is watched and how far, what is known and who is connected")
    void tellsTheStatus() {
        told("status");
        server.subscriber("topic:status");

        // what it says of the watching is up to a second old
        JsonObject status = Awaitility.await()
                .until(
                        () -> Server.json(server.get("api/status", 200)),
                        now -> now.getJsonObject("watch").getInt("files") > 0);

        JsonObject watch = status.getJsonObject("watch");
        assertThat(watch.getJsonArray("roots").getJsonObject(0).getString("path"))
                .isEqualTo(Server.watched().toString());
        assertThat(watch.getJsonArray("roots").getJsonObject(0).getBoolean("present"))
                .isTrue();
        assertThat(status.getInt("conversations")).isPositive();
        assertThat(status.getJsonNumber("pos").longValue()).isPositive();
        assertThat(status.getJsonObject("hub").getJsonArray("connections")).isNotEmpty();
    }

    @Test
    @DisplayName("what there is below /api is described in OpenAPI")
    void describesItself() {
        assertThat(server.get("api/openapi.yaml", 200))
                .contains("\nopenapi: 3.")
                .contains("/api/conversations/{id}:");
    }

    /** A session of which a client has been told. */
    private AgentFiles told(String prompt) {
        AgentFiles agent = Server.agent();
        ConsoleClient client = server.subscriber("conversation:" + agent.id());
        agent.append(agent.prompt(prompt));
        client.await(TranscriptFeedIT.conversation(agent));
        return agent;
    }
}
