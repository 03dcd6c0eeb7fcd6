package dev.observatory.it;

import static java.util.stream.Collectors.toMap;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is in synthetic transcripts, read from the files with nothing of the server's: which lines are to be kept, and the
 * figures of every conversation. It knows what {@code TranscriptTree} and {@code LiveAgents} write, and nothing else.
 */
final class TranscriptTruth {

    /** What is counted of a conversation. */
    private static final class Count {

        private final Set<String> messages = new HashSet<>();
        private final Set<String> calls = new HashSet<>();
        private final Set<String> agents = new HashSet<>();
        private final Map<String, JsonObject> usage = new HashMap<>();
        private int prompts;

        private int allMessages() {
            return prompts + messages.size();
        }
    }

    private final Map<String, Count> conversations = new TreeMap<>();
    private final Map<String, List<String>> lines = new TreeMap<>();

    private TranscriptTruth() {}

    static TranscriptTruth of(Path root) throws IOException {
        TranscriptTruth truth = new TranscriptTruth();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                truth.lines.put(root.relativize(file).toString().replace('\\', '/'), truth.read(file));
            }
        }
        return truth;
    }

    /** How a kept line is named here: short enough to be shown, and no other line has the same name. */
    static String nameOf(long position, String line) {
        return position + ": " + line.length() + " characters, " + line.hashCode() + ", "
                + line.substring(0, Math.min(60, line.length()));
    }

    /** By file, relative to the root, its lines that are to be kept. */
    Map<String, List<String>> lines() {
        return lines;
    }

    /** By conversation its figures, called as by REST. */
    Map<String, Map<String, Object>> figures() {
        return conversations.entrySet().stream().collect(toMap(Map.Entry::getKey, one -> figures(one.getValue())));
    }

    /** How many messages all conversations have together. */
    int messages() {
        return conversations.values().stream().mapToInt(Count::allMessages).sum();
    }

    /** The tokens of all conversations together. */
    JsonObject tokens() {
        return tokens(conversations.values().stream()
                .flatMap(count -> count.usage.values().stream())
                .toList());
    }

    private static Map<String, Object> figures(Count count) {
        return Map.of(
                "message_count",
                count.allMessages(),
                "tool_call_count",
                count.calls.size(),
                "agent_count",
                count.agents.size(),
                "tokens",
                tokens(count.usage.values()));
    }

    private static JsonObject tokens(Iterable<JsonObject> usages) {
        Map<String, String> names = Map.of(
                "input", "input_tokens",
                "output", "output_tokens",
                "cache_creation", "cache_creation_input_tokens",
                "cache_read", "cache_read_input_tokens");
        Map<String, Object> sums = new HashMap<>();
        names.forEach((name, inUsage) -> {
            long sum = 0;
            for (JsonObject usage : usages) {
                sum += usage.getJsonNumber(inUsage).longValue();
            }
            sums.put(name, sum);
        });
        return Json.createObjectBuilder(sums).build();
    }

    private List<String> read(Path file) throws IOException {
        List<String> kept = new ArrayList<>();
        Set<String> uuids = new HashSet<>();
        int position = 0;
        for (String line : Files.readString(file, StandardCharsets.UTF_8).split("\n")) {
            if (line.isBlank()) {
                continue;
            }
            position++;
            JsonObject json = parse(line);
            if (json == null) {
                kept.add(nameOf(position, line));
            } else if (json.get("uuid") == null || uuids.add(json.getString("uuid"))) {
                kept.add(nameOf(position, line));
                count(json);
            }
        }
        return kept;
    }

    /** Null for a line that is none. */
    private static JsonObject parse(String line) {
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        } catch (JsonException e) {
            return null;
        }
    }

    private void count(JsonObject line) {
        if (!line.containsKey("sessionId")) {
            return; // tells nothing of what happened
        }
        Count count = conversations.computeIfAbsent(line.getString("sessionId"), any -> new Count());
        if (line.containsKey("agentId")) {
            count.agents.add(line.getString("agentId"));
        }
        boolean main = !line.getBoolean("isSidechain");
        switch (line.getString("type")) {
            case "user" -> count.prompts += main && isPrompt(line) ? 1 : 0;
            case "assistant" -> countAnswer(count, line, main);
            default -> {}
        }
    }

    private static boolean isPrompt(JsonObject line) {
        return line.getJsonObject("message").get("content").getValueType() == JsonValue.ValueType.STRING;
    }

    private static void countAnswer(Count count, JsonObject line, boolean main) {
        JsonObject message = line.getJsonObject("message");
        if (main) {
            count.messages.add(message.getString("id"));
        }
        JsonArray content = message.getJsonArray("content");
        content.getValuesAs(JsonObject.class).stream()
                .filter(block -> block.getString("type").equals("tool_use"))
                .forEach(block -> count.calls.add(block.getString("id")));
        if (message.containsKey("usage")) {
            count.usage.merge(
                    message.getString("id") + " " + line.getString("requestId"),
                    message.getJsonObject("usage"),
                    (one, other) -> one.getInt("output_tokens") >= other.getInt("output_tokens") ? one : other);
        }
    }
}
