package dev.observatory.demo;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageTest {

    @TempDir
    Path root;

    private final GoingClock clock = new GoingClock();
    private Stage stage;

    @BeforeEach
    void raiseCurtain() {
        stage = new Stage(root, ScriptReader.own(), clock, new Random(1));
    }

    private void playFor(Duration time) throws IOException {
        Instant end = clock.now.plus(time);
        while (clock.now.isBefore(end)) {
            clock.now = clock.now.plus(stage.play());
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(path -> path.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    private static List<JsonObject> records(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> Json.createReader(new StringReader(line)).readObject())
                .toList();
    }

    private static List<JsonObject> blocks(JsonObject record) {
        JsonValue content =
                record.containsKey("message") ? record.getJsonObject("message").get("content") : null;
        return content instanceof List<?> list
                ? list.stream().map(JsonObject.class::cast).toList()
                : List.of();
    }

    @Test
    @DisplayName("The first lines are there at once, and all first sessions within a second")
    void beginsAtOnce() throws IOException {
        stage.play();
        assertThat(files()).hasSize(1);
        playFor(Duration.ofSeconds(1));
        assertThat(files()).hasSize(Stage.CONCURRENT);
    }

    @Test
    @DisplayName("Every line is a JSON object with the fields that its kind has")
    void realisticLines() throws IOException {
        playFor(Duration.ofMinutes(10));
        for (Path file : files()) {
            for (JsonObject record : records(file)) {
                if (record.getString("type").equals("ai-title")) {
                    assertThat(record).containsKeys("aiTitle", "sessionId");
                    continue;
                }
                assertThat(record)
                        .containsKeys("parentUuid", "isSidechain", "cwd", "sessionId", "version", "gitBranch")
                        .containsKeys("uuid", "timestamp");
                if (record.getString("type").equals("assistant")) {
                    assertThat(record.getJsonObject("message")).containsKeys("id", "model", "usage", "content");
                    assertThat(record).containsKey("requestId");
                }
            }
        }
    }

    @Test
    @DisplayName("Records name their predecessors, uuids are unique, and time never runs backwards in a file")
    void chained() throws IOException {
        playFor(Duration.ofMinutes(10));
        Map<String, Path> uuids = new HashMap<>();
        for (Path file : files()) {
            JsonValue parent = JsonValue.NULL;
            String time = "";
            for (JsonObject record : records(file)) {
                if (record.containsKey("uuid")) {
                    assertThat(record.get("parentUuid")).isEqualTo(parent);
                    assertThat(uuids.put(record.getString("uuid"), file)).isNull();
                    assertThat(record.getString("timestamp")).isGreaterThanOrEqualTo(time);
                    parent = record.get("uuid");
                    time = record.getString("timestamp");
                }
            }
        }
    }

    @Test
    @DisplayName("Every result answers a call of its file, and an answer's output tokens grow from line to line")
    void callsAndAnswers() throws IOException {
        playFor(Duration.ofMinutes(10));
        for (Path file : files()) {
            Map<String, String> calls = new HashMap<>();
            Map<String, Integer> tokens = new HashMap<>();
            for (JsonObject record : records(file)) {
                for (JsonObject block : blocks(record)) {
                    if (block.getString("type").equals("tool_use")) {
                        calls.put(block.getString("id"), block.getString("name"));
                    } else if (block.getString("type").equals("tool_result")) {
                        assertThat(calls.remove(block.getString("tool_use_id"))).isNotNull();
                    }
                }
                if (record.getString("type").equals("assistant")) {
                    JsonObject message = record.getJsonObject("message");
                    int output = message.getJsonObject("usage").getInt("output_tokens");
                    Integer before = tokens.put(message.getString("id"), output);
                    assertThat(output).isGreaterThan(before == null ? 0 : before);
                }
            }
        }
    }

    @Test
    @DisplayName("Sub-agents have their own files in the folder of their session")
    void agents() throws IOException {
        playFor(Duration.ofMinutes(3));
        List<Path> agents = files().stream()
                .filter(file -> file.getFileName().toString().startsWith("agent-"))
                .toList();
        assertThat(agents).isNotEmpty();
        for (Path agent : agents) {
            assertThat(agent.getParent().getFileName()).hasToString("subagents");
            Path session = agent.getParent().getParent();
            assertThat(session.resolveSibling(session.getFileName() + ".jsonl")).exists();
            JsonObject first = records(agent).get(0);
            assertThat(first.getBoolean("isSidechain")).isTrue();
            assertThat(first.getString("sessionId"))
                    .isEqualTo(session.getFileName().toString());
            assertThat(agent.getFileName()).hasToString("agent-" + first.getString("agentId") + ".jsonl");
        }
    }

    @Test
    @DisplayName("It goes on for ever, and the folder stays small")
    void bounded() throws IOException {
        for (int hour = 0; hour < 5; hour++) {
            playFor(Duration.ofHours(1));
            List<Path> sessions = files().stream()
                    .filter(file -> !file.getFileName().toString().startsWith("agent-"))
                    .toList();
            assertThat(sessions).hasSizeBetween(Stage.KEPT, Stage.KEPT + Stage.CONCURRENT);
            long bytes = 0;
            for (Path file : files()) {
                bytes += Files.size(file);
            }
            assertThat(bytes).isLessThan(1_000_000);
            clock.now = clock.now.plusSeconds(1);
        }
    }

    /** Stands until it is set. */
    private static final class GoingClock extends Clock {

        private Instant now = Instant.parse("2030-05-06T07:08:09Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
