package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * Real transcripts with the figures that an independent reader found in them: {@code TRUTH.json} in a folder {@code
 * shared/transcripts} beside the project. They are no part of the project, because they are other people's.
 *
 * @param truth by the conversation's id
 */
record SampleTranscripts(Path root, JsonObject truth) {

    private static final int LARGEST_PIECE = 120_000;

    /** The figures of a conversation that REST shows, as they are called there, and as they are called in the truth. */
    private static final Map<String, String> FIGURES = Map.of(
            "message_count", "message_count",
            "tool_call_count", "tool_calls",
            "agent_count", "agents",
            "tokens", "tokens",
            "cwd", "cwd");

    /** Skips the test where there are none. */
    static SampleTranscripts find() {
        for (Path here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
            Path truth = here.resolve("shared/transcripts/TRUTH.json");
            if (Files.isRegularFile(truth)) {
                return read(truth);
            }
        }
        return Assumptions.abort("NOT TESTED AGAINST REAL TRANSCRIPTS: there is no folder shared/transcripts with its"
                + " TRUTH.json beside the project");
    }

    private static SampleTranscripts read(Path truth) {
        try (JsonReader reader = Json.createReader(Files.newInputStream(truth))) {
            return new SampleTranscripts(truth.getParent(), reader.readObject());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files in pieces, which are yet to be written below another root. */
    Pieces inPieces(Path target, Random random) throws IOException {
        Map<Path, byte[]> files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(path -> path.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                files.put(target.resolve(root.relativize(file).toString()), Files.readAllBytes(file));
            }
        }
        return new Pieces(files, random);
    }

    /** Waits until the server shows every figure of every conversation as it is. */
    void await(Server server) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> verify(server));
    }

    private void verify(Server server) {
        SoftAssertions softly = new SoftAssertions();
        Map<String, JsonObject> shown = shown(server);
        truth.forEach((id, figures) ->
                softly.assertThat(figuresOf(shown.get(id))).as(id).isEqualTo(expected(figures.asJsonObject())));
        softly.assertAll();
        assertThat(truth).hasSize(35);
    }

    /** The conversations that the server shows, by their ids. */
    static Map<String, JsonObject> shown(Server server) {
        Map<String, JsonObject> shown = new LinkedHashMap<>();
        Server.json(server.get("api/conversations?limit=1000", 200))
                .getJsonArray("items")
                .getValuesAs(JsonObject.class)
                .forEach(conversation -> shown.put(conversation.getString("id"), conversation));
        return shown;
    }

    private static Map<String, Object> figuresOf(JsonObject shown) {
        Map<String, Object> figures = new LinkedHashMap<>();
        if (shown != null) {
            FIGURES.keySet().forEach(name -> figures.put(name, plain(shown.get(name))));
            figures.put("first", time(shown.get("created_at")));
            figures.put("last", time(shown.get("updated_at")));
        }
        return figures;
    }

    private static Map<String, Object> expected(JsonObject truth) {
        Map<String, Object> figures = new LinkedHashMap<>();
        FIGURES.forEach((name, inTruth) -> figures.put(name, plain(truth.get(inTruth))));
        figures.put("first", time(truth.get("first")));
        figures.put("last", time(truth.get("last")));
        return figures;
    }

    private static Object plain(JsonValue value) {
        return value == null || value == JsonValue.NULL ? null : value;
    }

    private static Instant time(JsonValue value) {
        return value instanceof JsonString text ? Instant.parse(text.getString()) : null;
    }

    /** The sum of a figure of the truth over all conversations. */
    long sum(String figure) {
        return truth.values().stream()
                .map(figures -> figures.asJsonObject().getJsonNumber(figure))
                .mapToLong(JsonNumber::longValue)
                .sum();
    }

    /** Files that grow in pieces of random sizes, cut anywhere. */
    static final class Pieces {

        private final Map<Path, byte[]> left;
        private final List<Path> growing;
        private final Random random;

        private Pieces(Map<Path, byte[]> files, Random random) {
            left = files;
            growing = new ArrayList<>(files.keySet());
            this.random = random;
        }

        boolean hasMore() {
            return !growing.isEmpty();
        }

        /** Appends so many pieces, each to a file of its own choice, as far as there are any. */
        void append(int count) throws IOException {
            for (int i = 0; i < count && hasMore(); i++) {
                Path file = growing.get(random.nextInt(growing.size()));
                byte[] bytes = left.get(file);
                int cut = Math.min(bytes.length, random.nextInt(LARGEST_PIECE));
                Files.createDirectories(file.getParent());
                Files.write(file, Arrays.copyOf(bytes, cut), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                left.put(file, Arrays.copyOfRange(bytes, cut, bytes.length));
                if (cut == bytes.length) {
                    growing.remove(file);
                }
            }
        }

        void appendAll() throws IOException {
            append(Integer.MAX_VALUE);
        }
    }
}
