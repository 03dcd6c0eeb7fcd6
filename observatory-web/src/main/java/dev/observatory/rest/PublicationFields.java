package dev.observatory.rest;

import dev.observatory.message.Channel;
import dev.observatory.message.ChannelKind;
import dev.observatory.message.Draft;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The fields of one message that is to be broadcast, as they came. Immutable.
 *
 * @param place stands before the names of fields in what is said of them
 * @param data JSON text, null when there is none
 */
record PublicationFields(String place, Map<String, String> texts, String data, BroadcastLimits limits) {

    private static final int MAX_KEY = 200;

    /** What clients take for something the server says of the connection. */
    private static final Set<String> RESERVED = Set.of(
            "connection_established",
            "snapshot",
            "subscribed",
            "unsubscribed",
            "resumed",
            "gap",
            "history",
            "pong",
            "authenticated",
            "token_expiring",
            "status",
            "draining",
            "error");

    /** One for all, because to find the provider takes longer than to read. */
    private static final JsonReaderFactory JSON = Json.createReaderFactory(Map.of());

    Publication publication() {
        Channel channel = channel();
        Draft draft = draft(channel);
        String conflationKey = key("conflation_key");
        if (conflationKey != null) {
            draft = draft.conflatedBy(conflationKey);
        }
        Duration keepFor = keepFor();
        if (keepFor != null) {
            draft = draft.keptFor(keepFor);
        }
        return new Publication(draft, key("idempotency_key"), fingerprint());
    }

    private String fingerprint() {
        return Fingerprint.of(new TreeMap<>(texts) + "\n" + data);
    }

    private Channel channel() {
        String name = texts.get("channel");
        String user = texts.get("user");
        if (name != null && user != null) {
            throw invalid("user", "is not given together with channel");
        }
        if (user != null) {
            return Channel.parse("user:" + user)
                    .filter(channel -> channel.kind() == ChannelKind.USER)
                    .orElseThrow(() -> invalid("user", "is a name of [A-Za-z0-9_.-]"));
        }
        if (name == null) {
            throw invalid("channel", "is needed, or user");
        }
        Channel channel = Channel.parse(name)
                .filter(parsed -> parsed.kind() == ChannelKind.TOPIC)
                .orElseThrow(() -> invalid(
                        "channel",
                        "is topic:<name>, with a name of [A-Za-z0-9_.-]; the other"
                                + " channels are told what the server itself finds out"));
        return checked(channel);
    }

    /** A channel has one priority for ever, so all that can be said of it is what it is. */
    private Channel checked(Channel channel) {
        String priority = channel.priority().name().toLowerCase(Locale.ROOT);
        if (!texts.getOrDefault("priority", priority).equals(priority)) {
            throw invalid("priority", "of " + channel + " is " + priority + ", and cannot be chosen");
        }
        return channel;
    }

    private Draft draft(Channel channel) {
        checked(channel);
        String type = texts.getOrDefault("type", channel.kind() == ChannelKind.USER ? "notice" : null);
        if (type == null) {
            throw invalid("type", "is needed");
        }
        if (RESERVED.contains(type)) {
            throw invalid("type", "cannot be one of those by which the server speaks of the connection");
        }
        JsonValue value = value();
        try {
            return Draft.to(channel, type, value);
        } catch (IllegalArgumentException e) {
            throw invalid("type", "is a lower-case letter, then up to 63 lower-case letters, digits and underscores");
        }
    }

    private JsonValue value() {
        if (data == null) {
            throw invalid("data", "is needed, and not null");
        }
        if (data.getBytes(StandardCharsets.UTF_8).length > limits.maxBytes()) {
            throw new TooLargeException(place + "data has at most " + limits.maxBytes() + " bytes");
        }
        try (JsonReader reader = JSON.createReader(new StringReader(data))) {
            return reader.readValue();
        } catch (NumberFormatException e) {
            throw invalid("data", "has a number whose exponent is beyond 2147483647, or below its negative");
        }
    }

    private String key(String field) {
        String key = texts.get(field);
        if (key != null && (key.isEmpty() || key.length() > MAX_KEY)) {
            throw invalid(field, "has 1 to " + MAX_KEY + " characters");
        }
        return key;
    }

    private Duration keepFor() {
        String text = texts.get("keep_for");
        if (text == null) {
            return null;
        }
        try {
            Duration duration = Duration.parse(text);
            if (duration.compareTo(Duration.ZERO) > 0 && duration.compareTo(limits.maxKeepFor()) <= 0) {
                return duration;
            }
        } catch (DateTimeException notADuration) {
            // answered below, like every other duration that is not allowed
        }
        throw invalid("keep_for", "is a duration such as PT1H or P1D, at most " + limits.maxKeepFor());
    }

    private InvalidParameterException invalid(String field, String what) {
        return new InvalidParameterException(place + field, place + field + " " + what);
    }
}
