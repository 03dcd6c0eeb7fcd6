package dev.observatory.it;

import static java.util.stream.Collectors.toMap;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.awaitility.Awaitility;

/**
 * All that a server shows of its conversations, but for what depends on when and how something was read.
 *
 * @param conversations by id
 * @param found how many records of a conversation are found by a word of most of them
 */
record Shown(
        Map<String, JsonObject> conversations,
        Map<String, Integer> found,
        Map<String, JsonObject> projects,
        JsonArray totals) {

    private static final Set<String> OF_THE_READING = Set.of("state", "change", "version");

    /** The same of projects, whose last change is that of their state here. */
    private static final Set<String> OF_THE_PROJECT = Set.of("active_conversations", "updated_at", "version");

    /** Up to so many the server counts what is found. */
    private static final int MOST_FOUND = 1000;

    static Shown by(Server server) {
        Map<String, JsonObject> conversations = SampleTranscripts.shown(server);
        Function<JsonObject, String> id = one -> one.getString("id");
        return new Shown(
                conversations.values().stream().collect(toMap(id, one -> without(one, OF_THE_READING))),
                conversations.keySet().stream().collect(toMap(one -> one, one -> found(server, one))),
                get(server, "projects").getJsonArray("items").getValuesAs(JsonObject.class).stream()
                        .collect(toMap(id, one -> without(one, OF_THE_PROJECT))),
                get(server, "totals?by=project,branch,model,day").getJsonArray("items"));
    }

    private static JsonObject without(JsonObject shown, Set<String> names) {
        JsonObjectBuilder rest = Json.createObjectBuilder(shown);
        names.forEach(rest::remove);
        return rest.build();
    }

    private static int found(Server server, String conversation) {
        String path = "api/search?limit=1&q=order&conversation=" + conversation;
        HttpResponse<String> answer = Awaitility.await()
                .alias("the search has all that is kept")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> server.fetch(path),
                        page -> page.statusCode() == 200
                                && Server.json(page.body()).getInt("behind") == 0);
        return Math.min(MOST_FOUND, Server.json(answer.body()).getInt("total"));
    }

    /** By conversation the figures that {@link TranscriptTruth} has, too. */
    static Map<String, Map<String, Object>> figures(Server server) {
        Map<String, Map<String, Object>> figures = new HashMap<>();
        SampleTranscripts.shown(server).forEach((id, shown) -> figures.put(id, figures(shown)));
        return figures;
    }

    private static Map<String, Object> figures(JsonObject shown) {
        Map<String, Object> figures = new HashMap<>();
        for (String count : List.of("message_count", "tool_call_count", "agent_count")) {
            figures.put(count, shown.getInt(count));
        }
        figures.put("tokens", shown.get("tokens"));
        return figures;
    }

    /** The tokens of all conversations together. */
    static JsonValue tokens(Server server) {
        return get(server, "totals").getJsonArray("items").getJsonObject(0).get("tokens");
    }

    /** By file all lines of a conversation that are kept, named as by {@link TranscriptTruth}. */
    static Map<String, List<String>> lines(Server server, String conversation) {
        Map<String, List<String>> lines = new TreeMap<>();
        records(
                server,
                conversation,
                record -> lines.computeIfAbsent(record.getString("file_path"), any -> new ArrayList<>())
                        .add(TranscriptTruth.nameOf(
                                record.getJsonNumber("position").longValue(), record.getString("raw"))));
        return lines;
    }

    /** The uuids of all records of a conversation. */
    static Set<String> uuids(Server server, String conversation) {
        Set<String> uuids = new HashSet<>();
        records(server, conversation, record -> uuids.add(record.getString("uuid", null)));
        return uuids;
    }

    private static void records(Server server, String conversation, Consumer<JsonObject> reader) {
        String cursor = "";
        while (cursor != null) {
            JsonObject page = get(server, "conversations/" + conversation + "/records?raw=true&limit=500" + cursor);
            page.getJsonArray("items").getValuesAs(JsonObject.class).forEach(reader);
            String next = page.getString("next_cursor", null);
            cursor = next == null ? null : "&cursor=" + next;
        }
    }

    private static JsonObject get(Server server, String path) {
        return Server.json(server.get("api/" + path, 200));
    }
}
