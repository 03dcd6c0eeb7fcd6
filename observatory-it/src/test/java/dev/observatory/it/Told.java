package dev.observatory.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.it.client.ConsoleClient;
import dev.observatory.it.client.Frame;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a client was told of conversations until its server ended: whatever it was told must have been kept before.
 *
 * @param newest by conversation, the newest state of it
 * @param uuids by conversation, of the records that were shown
 */
record Told(Map<String, JsonObject> newest, Map<String, Set<String>> uuids) {

    private static final List<String> RISING = List.of("version", "message_count", "tool_call_count", "agent_count");

    /** All that has come, which is over when the connection is. */
    static Told to(ConsoleClient client) {
        client.inbox().awaitEnd();
        Map<String, JsonObject> newest = new TreeMap<>();
        Map<String, Set<String>> uuids = new HashMap<>();
        for (Frame frame : client.inbox().all(Told::ofConversations)) {
            states(frame).forEach(state -> {
                String id = state.getString("id");
                newest.merge(id, state, (one, other) -> one.getInt("version") > other.getInt("version") ? one : other);
                uuidsIn(state)
                        .forEach(uuid -> uuids.computeIfAbsent(id, any -> new TreeSet<>())
                                .add(uuid));
            });
        }
        return new Told(newest, uuids);
    }

    static boolean ofConversations(Frame frame) {
        return frame.is("conversation_update") || frame.is("snapshot");
    }

    private static Stream<JsonObject> states(Frame frame) {
        return frame.is("snapshot")
                ? frame.data().getJsonArray("items").getValuesAs(JsonObject.class).stream()
                : Stream.of(frame.data());
    }

    private static Stream<String> uuidsIn(JsonObject state) {
        return !state.containsKey("records")
                ? Stream.empty()
                : state.getJsonArray("records").getValuesAs(JsonObject.class).stream()
                        .filter(line -> line.get("uuid") instanceof JsonString)
                        .map(line -> line.getString("uuid"));
    }

    /** Checks that a server which has read nothing since knows all of it. */
    void isKnownTo(Server server) {
        Map<String, JsonObject> kept = SampleTranscripts.shown(server);
        newest.forEach((id, told) -> {
            assertThat(kept).as("the conversations that are kept").containsKey(id);
            for (String figure : RISING) {
                assertThat(kept.get(id).getInt(figure))
                        .as("%s of %s that is kept, told was %s", figure, id, told)
                        .isGreaterThanOrEqualTo(told.getInt(figure));
            }
        });
        uuids.forEach((id, told) -> assertThat(Shown.uuids(server, id))
                .as("the records of %s that are kept", id)
                .containsAll(told));
    }
}
