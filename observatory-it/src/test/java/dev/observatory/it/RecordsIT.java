package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordsIT extends ServerTest {

    /** How many lines a test has written. */
    private int kept;

    @Test
    @DisplayName("records come in pages from either end, each once, in the order they were kept over all files")
    void pagesRecords() throws IOException {
        AgentFiles session = Server.agent();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            keep(session, session.prompt("prompt " + i));
            keepOfAgent(session, session.prompt("task " + i));
            expected.add("prompt " + i);
            expected.add("task " + i);
        }

        assertThat(texts(pages(session, "limit=3"))).isEqualTo(expected);
        List<String> newestFirst = texts(pages(session, "limit=4&order=newest"));
        Collections.reverse(newestFirst);
        assertThat(newestFirst).isEqualTo(expected);
        assertThat(texts(pages(session, "agent=main"))).allMatch(text -> text.startsWith("prompt"));
        assertThat(texts(pages(session, "agent=7&limit=2")))
                .containsExactly("task 0", "task 1", "task 2", "task 3", "task 4");
        assertThat(pages(session, "agent=8")).isEmpty();
    }

    @Test
    @DisplayName("a record comes in full where live updates cut it, and as its line if asked for; kinds can be chosen")
    void fullRecords() {
        AgentFiles session = Server.agent();
        String text = "Größe 🙂 ".repeat(10_000);
        keep(session, session.prompt("short"));
        String line = session.answer(text);
        keep(session, line);
        keep(session, "no JSON");
        keep(session, session.prompt("end"));

        JsonObject answer = pages(session, "kind=text&raw=true").get(0);
        assertThat(answer.getJsonArray("blocks").getJsonObject(0).getString("text"))
                .isEqualTo(text);
        assertThat(answer.getString("raw")).isEqualTo(line);
        assertThat(answer.getString("model")).isEqualTo("claude-test-1");
        assertThat(answer.getString("file_path")).endsWith(session.id() + ".jsonl");
        assertThat(pages(session, "kind=bad_line"))
                .singleElement()
                .satisfies(bad -> assertThat(bad.getString("text")).isEqualTo("no JSON"));
        assertThat(pages(session, "kind=prompt,bad_line")).hasSize(3);
    }

    @Test
    @DisplayName("a conversation is exported as the lines that its tools wrote")
    void exportsLines() throws IOException {
        AgentFiles session = Server.agent();
        keep(session, session.prompt("Grüße 🙂"));
        keepOfAgent(session, session.prompt("task"));
        keep(session, session.answer("done"));

        HttpResponse<String> export = server.fetch("api/conversations/" + session.id() + "/export?format=jsonl");

        assertThat(export.statusCode()).isEqualTo(200);
        assertThat(export.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        assertThat(export.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"" + session.id() + ".jsonl\"");
        assertThat(export.body()).isEqualTo(Files.readString(session.file()) + Files.readString(agentFile(session)));
    }

    @Test
    @DisplayName("a conversation is exported as a document, without its secrets")
    void exportsDocument() throws IOException {
        AgentFiles session = Server.agent();
        keep(session, session.prompt("a </details> with AKIA" + "IOSFODNN7EXAMPLF"));
        keep(session, session.answer("done"));
        keepOfAgent(session, session.prompt("task"));

        HttpResponse<String> export = server.fetch("api/conversations/" + session.id() + "/export");

        assertThat(export.statusCode()).isEqualTo(200);
        assertThat(export.headers().firstValue("Content-Type").orElse("")).matches("(?i)text/markdown; ?charset=utf-8");
        assertThat(export.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"" + session.id() + ".md\"");
        assertThat(export.body())
                .startsWith("# a \\</details\\> with \\[redacted:aws-key\\]\n")
                .contains("- Project: `" + session.cwd() + "`\n- Branch: `main`\n- Model: `claude-test-1`\n")
                .contains("> a &lt;/details> with [redacted:aws-key]\n")
                .contains("## Agent 7\n")
                .endsWith("*End of the export: 3 records. 0 that are no part of the talk are left out.*\n");
    }

    @ParameterizedTest
    @CsvSource({
        "records?limit=0, limit",
        "records?limit=501, limit",
        "records?cursor=x, cursor",
        "records?order=up, order",
        "records?raw=1, raw",
        "records?kind=, kind",
        "export?format=pdf, format",
    })
    @DisplayName("a parameter that cannot be is answered with a problem that names it")
    void namesTheParameter(String path, String parameter) {
        JsonObject problem = Server.json(server.get("api/conversations/none/" + path, 400));

        assertThat(problem.getString("field")).isEqualTo(parameter);
    }

    @ParameterizedTest
    @CsvSource({"none/records", "none/export", "none/export?format=jsonl"})
    @DisplayName("of an unknown conversation there is nothing")
    void answersUnknownConversations(String path) {
        assertThat(Server.json(server.get("api/conversations/" + path, 404)).getInt("status"))
                .isEqualTo(404);
    }

    private List<JsonObject> pages(AgentFiles session, String query) {
        List<JsonObject> records = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonObject page =
                    Server.json(server.get("api/conversations/" + session.id() + "/records?" + query + cursor, 200));
            records.addAll(page.getJsonArray("items").getValuesAs(JsonObject.class));
            String next = page.getString("next_cursor", null);
            cursor = next == null ? null : "&cursor=" + next;
        }
        return records;
    }

    private static List<String> texts(List<JsonObject> records) {
        List<String> texts = new ArrayList<>();
        records.forEach(record ->
                texts.add(record.getJsonArray("blocks").getJsonObject(0).getString("text")));
        return texts;
    }

    /** Appends a line to the session's file and waits until it is kept. */
    private void keep(AgentFiles session, String line) {
        session.append(line);
        awaitNext(session);
    }

    /** The same for a line of its sub-agent. */
    private void keepOfAgent(AgentFiles session, String line) throws IOException {
        Path file = agentFile(session);
        Files.createDirectories(file.getParent());
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        awaitNext(session);
    }

    private void awaitNext(AgentFiles session) {
        kept++;
        Awaitility.await()
                .alias("record " + kept + " is kept")
                .pollInterval(Duration.ofMillis(20))
                .until(() -> server.fetch("api/conversations/" + session.id() + "/records"), this::hasAllKept);
    }

    private boolean hasAllKept(HttpResponse<String> page) {
        return page.statusCode() == 200
                && Server.json(page.body()).getJsonArray("items").size() == kept;
    }

    private static Path agentFile(AgentFiles session) {
        return session.file().resolveSibling(session.id()).resolve("subagents/agent-7.jsonl");
    }
}
