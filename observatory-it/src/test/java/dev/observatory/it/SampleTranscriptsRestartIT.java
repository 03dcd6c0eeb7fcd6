package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that watch the same growing files, one with H2, one with PostgreSQL; both are killed on the way. */
class SampleTranscriptsRestartIT {

    /** What depends on when and how something was read, and not only on what. */
    private static final Set<String> OF_THE_READING = Set.of("state", "change", "version");

    @TempDir
    Path folder;

    @Test
    @DisplayName("F3 real transcripts have their figures on either database, however the files grow, after a kill, and"
            + " read at once")
    void figures() throws Exception {
        SampleTranscripts samples = SampleTranscripts.find();
        long seed = new Random().nextLong();
        System.out.println("SampleTranscriptsRestartIT: seed " + seed);
        Random random = new Random(seed);
        String roots = "observatory.watch.roots=" + folder.resolve("watched");
        try (EmbeddedPostgres database = OwnServer.postgres().start();
                OwnServer h2 = OwnServer.plain(sub("h2"), roots);
                OwnServer postgres = OwnServer.plain(
                        sub("postgres"),
                        roots,
                        "observatory.database.url=" + database.getJdbcUrl("postgres", "postgres"),
                        "observatory.database.user=postgres")) {
            SampleTranscripts.Pieces pieces = samples.inPieces(folder.resolve("watched"), random);
            pieces.append(20);
            h2.start();
            postgres.start();
            h2.awaitReady();
            postgres.awaitReady();
            pieces.append(20 + random.nextInt(20));
            h2.kill();
            postgres.kill();
            pieces.append(20);
            h2.start();
            postgres.start();
            Server onH2 = h2.awaitReady();
            Server onPostgres = postgres.awaitReady();
            pieces.appendAll();

            samples.await(onH2);
            samples.await(onPostgres);
            assertThat(shown(onPostgres)).isEqualTo(shown(onH2));
            readAtOnce(samples, roots, shown(onH2));
        }
    }

    private void readAtOnce(SampleTranscripts samples, String roots, Map<String, Map<String, JsonValue>> expected)
            throws Exception {
        try (OwnServer fresh = OwnServer.plain(sub("fresh"), roots).start()) {
            Server server = fresh.awaitReady();
            samples.await(server);
            assertThat(shown(server)).isEqualTo(expected);
            assertThat(SampleTranscripts.shown(server).values())
                    .allSatisfy(shown -> assertThat(shown.getString("state")).isEqualTo("ended"));
            // what it says of the watching is up to a second old
            Awaitility.await().untilAsserted(() -> {
                JsonObject watch = Server.json(server.get("api/status", 200)).getJsonObject("watch");
                assertThat(watch.getJsonNumber("records").longValue()).isEqualTo(samples.sum("records"));
                assertThat(watch.getJsonNumber("bad_lines").longValue()).isEqualTo(samples.sum("bad_lines"));
            });
        }
    }

    private Path sub(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    /** All that is shown of all conversations and no others, title, model and cost included. */
    private static Map<String, Map<String, JsonValue>> shown(Server server) {
        Map<String, Map<String, JsonValue>> all = new LinkedHashMap<>();
        SampleTranscripts.shown(server).forEach((id, conversation) -> {
            Map<String, JsonValue> figures = new LinkedHashMap<>(conversation);
            figures.keySet().removeAll(OF_THE_READING);
            all.put(id, figures);
        });
        assertThat(all).hasSize(35);
        return all;
    }
}
