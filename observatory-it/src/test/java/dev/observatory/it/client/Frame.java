package dev.observatory.it.client;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.util.Map;

/**
 * One JSON object that the server has sent.
 *
 * @param nanos when it was received, {@link System#nanoTime}
 */
public record Frame(JsonObject json, long nanos) {

    /** One for all, because to find the provider takes longer than to read. */
    private static final JsonReaderFactory JSON = Json.createReaderFactory(Map.of());

    static Frame parse(String text, long nanos) {
        try (JsonReader reader = JSON.createReader(new StringReader(text))) {
            return new Frame(reader.readObject(), nanos);
        }
    }

    public String type() {
        return json.getString("type");
    }

    public JsonObject data() {
        return json.getJsonObject("data");
    }

    /** Whether it is a numbered message, not an answer or a notice. */
    public boolean isMessage() {
        return json.containsKey("seq");
    }

    /** The home channel, of a message only. */
    public String channel() {
        return json.getString("channel", "");
    }

    public long seq() {
        return json.getJsonNumber("seq").longValue();
    }

    public long pos() {
        return json.getJsonNumber("pos").longValue();
    }

    public boolean is(String type) {
        return type().equals(type);
    }

    @Override
    public String toString() {
        String text = json.toString();
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
