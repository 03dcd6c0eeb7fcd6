package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.AgentFiles;
import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own, whose PostgreSQL comes late, goes, and comes again. */
class DatabaseAwayIT {

    @TempDir
    Path folder;

    private int port;
    private AgentFiles agent;
    private int prompts;

    @BeforeEach
    void prepare() {
        port = OwnServer.freePort();
        agent = new AgentFiles(folder.resolve("watched"));
    }

    @Test
    @DisplayName("a server starts without its database, says so, and catches up without loss whenever it is there")
    void catchesUp() throws Exception {
        append(3);
        try (OwnServer jar = OwnServer.plain(
                        folder,
                        "observatory.database.url=jdbc:postgresql://localhost:" + port + "/postgres",
                        "observatory.database.user=postgres",
                        "observatory.system.check-interval=PT1S")
                .start()) {
            Server server = jar.awaitReady();
            try (ConsoleClient client = jar.connect("?channels=alerts,conversation:" + agent.id())) {
                JsonObject first = openAlert(client);
                assertThat(first.getString("source")).isEqualTo("database");
                assertThat(first.getString("severity")).isEqualTo("error");
                assertThat(first.getString("detail")).contains("cannot be reached");
                JsonObject health = HealthIT.awaitStatus(server, "degraded");
                assertThat(databaseIn(health).getString("status")).isEqualTo("unavailable");
                assertThat(databaseIn(health).getString("details")).contains("cannot be reached");
                append(2);
                assertThat(client.messages()).noneMatch(TranscriptFeedIT.conversation(agent));

                try (EmbeddedPostgres database = database()) {
                    awaitResolved(client, first);
                    awaitPrompts(client);
                    HealthIT.awaitStatus(server, "ok");
                    append(2);
                    awaitPrompts(client);
                }
                append(3);
                JsonObject second = client.await(frame -> isOpenAlert(frame) && !isOf(frame, first))
                        .data();
                assertThat(Server.json(server.get("api/conversations/" + agent.id(), 200))
                                .getInt("message_count"))
                        .isEqualTo(prompts - 3);

                try (EmbeddedPostgres database = database()) {
                    awaitResolved(client, second);
                    awaitPrompts(client);
                    HealthIT.awaitStatus(server, "ok");
                    // once each and in order; what lay there before the first look was told in brief
                    assertThat(toldPositions(client))
                            .isEqualTo(LongStream.rangeClosed(prompts - 4, prompts)
                                    .boxed()
                                    .toList());
                }
            }
        }
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            agent.append(agent.prompt("prompt " + ++prompts));
        }
    }

    /** The alert that was raised before the client came, from the snapshot, or else the one raised since. */
    private static JsonObject openAlert(ConsoleClient client) {
        Frame frame = client.await(DatabaseAwayIT::hasOpenAlert);
        return frame.is("alert") ? frame.data() : ofDatabase(frame).findFirst().orElseThrow();
    }

    private static boolean hasOpenAlert(Frame frame) {
        return isOpenAlert(frame)
                || frame.is("snapshot")
                        && frame.data().getString("channel").equals("alerts")
                        && ofDatabase(frame).findFirst().isPresent();
    }

    private static Stream<JsonObject> ofDatabase(Frame snapshot) {
        return snapshot.data().getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .filter(DatabaseAwayIT::isOfDatabase);
    }

    private static boolean isOpenAlert(Frame frame) {
        return frame.is("alert") && isOfDatabase(frame.data()) && !frame.data().containsKey("resolved_at");
    }

    /** Others may have their own trouble at the same time. */
    private static boolean isOfDatabase(JsonObject alert) {
        return alert.getString("source").equals("database");
    }

    private static boolean isOf(Frame frame, JsonObject alert) {
        return frame.data().getString("id").equals(alert.getString("id"));
    }

    private static void awaitResolved(ConsoleClient client, JsonObject alert) {
        client.await(
                frame -> frame.is("alert") && isOf(frame, alert) && frame.data().containsKey("resolved_at"));
    }

    private void awaitPrompts(ConsoleClient client) {
        client.await(
                TranscriptFeedIT.conversation(agent).and(frame -> frame.data().getInt("message_count") == prompts));
    }

    private List<Long> toldPositions(ConsoleClient client) {
        return client.inbox().all(TranscriptFeedIT.conversation(agent)).stream()
                .flatMap(frame -> frame.data().getJsonArray("records").getValuesAs(JsonObject.class).stream())
                .map(line -> line.getJsonNumber("position"))
                .map(JsonNumber::longValue)
                .toList();
    }

    private static JsonObject databaseIn(JsonObject health) {
        return health.getJsonArray("components").getJsonObject(0);
    }

    private EmbeddedPostgres database() throws IOException {
        return OwnServer.postgres()
                .setPort(port)
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false)
                .start();
    }
}
