package dev.observatory.journal;

import dev.observatory.message.Alert;
import dev.observatory.message.CameraState;
import dev.observatory.message.CameraStatus;
import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.Detection;
import dev.observatory.message.FileUpdate;
import dev.observatory.message.GpuStats;
import dev.observatory.message.HealthStatus;
import dev.observatory.message.Priority;
import dev.observatory.message.RiskLevel;
import dev.observatory.message.SecurityEvent;
import dev.observatory.protocol.ErrorCode;
import dev.observatory.protocol.GapReason;
import dev.observatory.protocol.MissedReason;
import dev.observatory.protocol.ResumeOutcome;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.config.PropertyNamingStrategy;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The one way from a value to JSON text: names with underscores, enum constants in lower case, times in UTC with
 * milliseconds (RFC 3339), nothing for null but in the few payloads that promise all their fields. Thread-safe.
 */
public final class JsonEncoder {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Patterns see whole characters, so only a half without its partner is of this category. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private final Jsonb jsonb = JsonbBuilder.create(new JsonbConfig()
            .withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES)
            .withSerializers(
                    new TimeSerializer(),
                    new WholeRecordSerializer<SecurityEvent>() {},
                    new WholeRecordSerializer<Detection>() {},
                    new WholeRecordSerializer<CameraStatus>() {},
                    new WholeRecordSerializer<GpuStats>() {},
                    // JSON-B finds a serializer by the exact type, so each enum of the messages has its own
                    new NameSerializer<Alert.Severity>() {},
                    new NameSerializer<HealthStatus>() {},
                    new NameSerializer<RiskLevel>() {},
                    new NameSerializer<CameraState>() {},
                    new NameSerializer<Priority>() {},
                    new NameSerializer<ConversationState>() {},
                    new NameSerializer<ConversationUpdate.Change>() {},
                    new NameSerializer<FileUpdate.FileEvent>() {},
                    new NameSerializer<ErrorCode>() {},
                    new NameSerializer<GapReason>() {},
                    new NameSerializer<MissedReason>() {},
                    new NameSerializer<ResumeOutcome>() {},
                    new NameSerializer<ErrorCode.Action>() {}));

    /**
     * Writes a value as one line of JSON that survives the way through UTF-8.
     *
     * @throws UnencodableException when it has no JSON form
     */
    public String encode(Object data) {
        try {
            return escapeLoneSurrogates(jsonb.toJson(data));
        } catch (JsonbException | IllegalStateException | StackOverflowError e) {
            throw new UnencodableException(data, e);
        }
    }

    /** Writes a time as clients see it, without quotes. */
    public static String time(Instant instant) {
        return TIME.format(instant);
    }

    /** A text cut in the middle of a character has half a surrogate pair, which UTF-8 cannot carry but JSON can. */
    private static String escapeLoneSurrogates(String json) {
        if (json.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return json;
        }
        return LONE_SURROGATE
                .matcher(json)
                .replaceAll(
                        half -> String.format("\\\\u%04x", (int) half.group().charAt(0)));
    }

    private static final class TimeSerializer implements JsonbSerializer<Instant> {
        @Override
        public void serialize(Instant instant, JsonGenerator generator, SerializationContext context) {
            generator.write(time(instant));
        }
    }

    private abstract static class NameSerializer<E extends Enum<E>> implements JsonbSerializer<E> {
        @Override
        public void serialize(E constant, JsonGenerator generator, SerializationContext context) {
            generator.write(constant.name().toLowerCase(Locale.ROOT));
        }
    }
}
