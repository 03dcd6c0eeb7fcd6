package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TranscriptFeedIT extends ServerTest {

    @Test
    @DisplayName("B3.1 B7.2 B8.2 W3.1 a new file is announced by a file_update with path, event, size and time")
    void announcesNewFiles() throws IOException {
        ConsoleClient client = server.connect();
        AgentFiles agent = Server.agent();
        agent.append(agent.prompt("Is anybody there?"));

        Frame update = client.await(file(agent, "created"));

        assertThat(update.channel()).isEqualTo("file_events");
        assertThat(update.json().getString("priority")).isEqualTo("low");
        JsonObject data = update.data();
        assertThat(data.getString("path"))
                .isEqualTo(Server.watched().relativize(agent.file()).toString().replace('\\', '/'));
        assertThat(data.getString("root")).isEqualTo(Server.watched().toString());
        assertThat(data.getString("conversation_id")).isEqualTo(agent.id());
        assertThat(Instant.parse(data.getString("detected_at")))
                .isBetween(Instant.now().minusSeconds(30), Instant.now());
        assertThat(Instant.parse(update.json().getString("timestamp"))).isBeforeOrEqualTo(Instant.now());
        // the file may be found while it is still empty: then its content is told by a second event
        long size = Files.size(agent.file());
        client.await(f -> f.is("file_update") && f.data().getJsonNumber("size").longValue() == size);
    }

    @Test
    @DisplayName("B3.2 B3.3 B7.1 B8.1 W3.2 W3.4 a conversation first seen in a file reaches subscribers with its data")
    void tellsOfNewConversations() {
        ConsoleClient client = server.subscriber("all_conversations");
        AgentFiles agent = Server.agent();
        agent.append(agent.prompt("Please sort the shelves"));
        client.await(conversation(agent));
        agent.append(agent.answer("They are sorted."));

        Frame created = client.await(conversation(agent));
        assertThat(created.type()).isEqualTo("conversation_update");
        assertThat(created.channel()).isEqualTo("conversation:" + agent.id());
        assertThat(created.data().getString("change")).isEqualTo("created");
        assertThat(created.data().getInt("message_count")).isEqualTo(1);

        Frame appended =
                client.await(f -> conversation(agent).test(f) && f.data().getInt("message_count") == 2);
        JsonObject data = appended.data();
        assertThat(data.getString("change")).isEqualTo("appended");
        assertThat(data.getString("id")).isEqualTo(agent.id());
        assertThat(data.getString("session_id")).isEqualTo(agent.id());
        assertThat(data.getString("project_id")).startsWith("shop-");
        assertThat(data.getString("title")).isEqualTo("Please sort the shelves");
        assertThat(data.getString("cwd")).isEqualTo(agent.cwd());
        assertThat(data.getString("git_branch")).isEqualTo("main");
        assertThat(data.getString("model")).isEqualTo("claude-test-1");
        assertThat(data.getString("state")).isEqualTo("idle");
        assertThat(data.getJsonObject("tokens").toString())
                .contains("\"input\":10", "\"output\":5", "\"cache_creation\":3", "\"cache_read\":2");
        assertThat(data).doesNotContainKey("cost_usd");
        assertThat(data.getJsonArray("records")).hasSize(1);
        JsonObject record = data.getJsonArray("records").getJsonObject(0);
        assertThat(record.getString("role")).isEqualTo("assistant");
        assertThat(record.getString("text")).isEqualTo("They are sorted.");
        assertThat(record.getInt("position")).isEqualTo(2);
        assertThat(Instant.parse(data.getString("updated_at"))).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    @DisplayName(
            "B2.4 W2.1 W3.3 what is appended reaches the conversation's own subscribers and those of all, nobody else")
    void reachesTheConversationsSubscribers() {
        AgentFiles agent = Server.agent();
        ConsoleClient own = server.subscriber("conversation:" + agent.id());
        ConsoleClient all = server.subscriber("all_conversations");
        ConsoleClient other =
                server.subscriber("conversation:" + Server.agent().id(), "project_updates", "file_events");

        for (int i = 0; i < 5; i++) {
            agent.append(agent.prompt("step " + i));
            int count = i + 1;
            own.await(f -> conversation(agent).test(f) && f.data().getInt("message_count") == count);
            all.await(f -> conversation(agent).test(f) && f.data().getInt("message_count") == count);
        }

        assertThat(texts(own, agent)).containsExactly("step 0", "step 1", "step 2", "step 3", "step 4");
        assertThat(texts(all, agent)).containsExactly("step 0", "step 1", "step 2", "step 3", "step 4");
        assertThat(other.sync().inbox().all(f -> f.is("conversation_update"))).isEmpty();
    }

    @Test
    @DisplayName("B2.5 B7.3 a project's change reaches its subscribers and those of project_updates, nobody else")
    void reachesTheProjectsSubscribers() {
        AgentFiles agent = Server.agent();
        ConsoleClient updates = server.subscriber("project_updates");
        agent.append(agent.prompt("first"));
        Frame first = updates.await(project(agent));
        String id = first.data().getString("id");
        ConsoleClient own = server.subscriber("project:" + id);
        ConsoleClient other = server.subscriber("project:another", "all_conversations", "file_events");

        agent.append(agent.answer("done"));

        Frame update = own.await(f -> project(agent).test(f) && f.data().getInt("message_count") == 2);
        updates.await(f -> project(agent).test(f) && f.data().getInt("message_count") == 2);
        assertThat(update.channel()).isEqualTo("project:" + id);
        JsonObject data = update.data();
        assertThat(data.getString("path")).isEqualTo(agent.cwd());
        assertThat(data.getString("name")).startsWith("shop-");
        assertThat(data.getBoolean("path_is_guess")).isFalse();
        assertThat(data.getInt("conversation_count")).isEqualTo(1);
        assertThat(data.getJsonObject("tokens").getInt("output")).isEqualTo(5);
        assertThat(Instant.parse(data.getString("last_activity"))).isBeforeOrEqualTo(Instant.now());
        assertThat(other.sync().inbox().all(f -> f.is("project_update"))).isEmpty();
    }

    @Test
    @DisplayName("B2.6 a file event reaches subscribers of file_events only")
    void fileEventsReachTheirSubscribersOnly() {
        ConsoleClient files = server.subscriber("file_events");
        ConsoleClient other = server.subscriber("all_conversations", "project_updates", "alerts");
        AgentFiles agent = Server.agent();

        agent.append(agent.prompt("first"));
        files.await(file(agent, "created"));
        other.inbox().awaitCount(1, conversation(agent)); // or else both prompts may come in one update
        agent.append(agent.prompt("second"));

        assertThat(files.await(file(agent, "modified")).data().getInt("appended_bytes"))
                .isPositive();
        other.inbox().awaitCount(2, conversation(agent));
        assertThat(other.sync().inbox().all(f -> f.is("file_update"))).isEmpty();
    }

    @Test
    @DisplayName("W3.1 a deleted file is announced, and what was read of it stays")
    void announcesDeletion() throws IOException {
        ConsoleClient client = server.subscriber("file_events", "all_conversations");
        AgentFiles agent = Server.agent();
        agent.append(agent.prompt("soon gone"));
        client.await(
                f -> conversation(agent).test(f) && f.data().getInt("message_count") == 1); // "created" may come before

        Files.delete(agent.file());

        client.await(file(agent, "deleted"));
        ConsoleClient later = server.subscriber("conversation:" + agent.id());
        assertThat(later.await("snapshot")
                        .data()
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("title"))
                .isEqualTo("soon gone");
    }

    @Test
    @DisplayName("W3.3 a line that comes in pieces is told once, whole; broken lines disturb nothing")
    void waitsForWholeLines() throws IOException {
        ConsoleClient client = server.subscriber("file_events", "all_conversations");
        AgentFiles agent = Server.agent();
        agent.append("this is no JSON");
        byte[] line = (agent.prompt("Grüße 🙂") + "\n").getBytes(StandardCharsets.UTF_8);
        int inTheFace = line.length - 9;
        Files.write(agent.file(), slice(line, 0, inTheFace), StandardOpenOption.APPEND);
        client.await(file(agent, "created"));
        assertThat(client.sync().inbox().all(conversation(agent)))
                .noneMatch(f -> f.data().getInt("message_count") > 0);

        Files.write(agent.file(), slice(line, inTheFace, line.length), StandardOpenOption.APPEND);

        Frame update = client.await(f -> conversation(agent).test(f) && f.data().getInt("message_count") == 1);
        assertThat(update.data().getString("title")).isEqualTo("Grüße 🙂");
    }

    @Test
    @DisplayName("a secret in a transcript reaches no client, neither live nor in a snapshot")
    void keepsSecrets() {
        ConsoleClient client = server.connect();
        AgentFiles agent = Server.agent();
        String key = "AKIA" + "IOSFODNN7EXAMPLF";
        agent.append(agent.prompt("use " + key + " for the upload"));

        Frame update = client.await(conversation(agent));

        assertThat(update.data().getString("title")).isEqualTo("use [redacted:aws-key] for the upload");
        ConsoleClient late = server.connect("ws?channels=all_conversations,conversation:" + agent.id());
        assertThat(late.sync().inbox().all()).noneMatch(f -> f.json().toString().contains(key));
        assertThat(client.sync().inbox().all())
                .noneMatch(f -> f.json().toString().contains(key));
    }

    @Test
    @DisplayName("a client that comes later finds the conversations and projects in its snapshots, with their records")
    void snapshotsForLatecomers() {
        AgentFiles agent = Server.agent();
        ConsoleClient early = server.connect();
        agent.append(agent.prompt("early bird"));
        long pos = early.await(conversation(agent)).pos();

        ConsoleClient late = server.connect("ws?channels=all_conversations,project_updates,conversation:" + agent.id());

        List<Frame> snapshots = late.inbox().all(f -> f.is("snapshot"));
        assertThat(snapshots).allSatisfy(f -> assertThat(f.pos()).isGreaterThanOrEqualTo(pos));
        assertThat(items(snapshots, "all_conversations"))
                .anySatisfy(item -> assertThat(item.getString("id")).isEqualTo(agent.id()));
        assertThat(items(snapshots, "project_updates"))
                .anySatisfy(item -> assertThat(item.getString("path")).isEqualTo(agent.cwd()));
        assertThat(items(snapshots, "conversation:" + agent.id()))
                .singleElement()
                .satisfies(item -> assertThat(
                                item.getJsonArray("records").getJsonObject(0).getString("text"))
                        .isEqualTo("early bird"));
    }

    private static List<JsonObject> items(List<Frame> snapshots, String channel) {
        return snapshots.stream()
                .filter(f -> f.data().getString("channel").equals(channel))
                .flatMap(f -> f.data().getJsonArray("items").getValuesAs(JsonObject.class).stream())
                .toList();
    }

    private static List<String> texts(ConsoleClient client, AgentFiles agent) {
        return client.inbox().all(conversation(agent)).stream()
                .flatMap(f -> f.data().getJsonArray("records").getValuesAs(JsonObject.class).stream())
                .map(record -> record.getString("text"))
                .toList();
    }

    static Predicate<Frame> conversation(AgentFiles agent) {
        return f -> f.is("conversation_update") && f.data().getString("id").equals(agent.id());
    }

    static Predicate<Frame> project(AgentFiles agent) {
        return f -> f.is("project_update") && f.data().getString("path").equals(agent.cwd());
    }

    static Predicate<Frame> file(AgentFiles agent, String event) {
        return f -> f.is("file_update")
                && f.data()
                        .getString("path")
                        .endsWith(agent.file().getFileName().toString())
                && f.data().getString("event").equals(event);
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }
}
