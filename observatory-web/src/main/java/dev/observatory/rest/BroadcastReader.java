package dev.observatory.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what is to be broadcast: one JSON object, or an array of them. Whatever is wrong with one of them, nothing is
 * read. Unknown fields are passed over. Thread-safe.
 */
final class BroadcastReader {

    private static final int MAX_DEPTH = 100;
    private static final int MAX_DIGITS = 1000;
    private static final int MAX_NAME = 50_000;

    private static final Set<String> TEXTS =
            Set.of("channel", "user", "type", "priority", "conflation_key", "keep_for", "idempotency_key");

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_DIGITS)
                    .maxNameLength(MAX_NAME)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // names from outside must not end up in a table that all readers and the whole JVM share
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final BroadcastLimits limits;

    BroadcastReader(BroadcastLimits limits) {
        this.limits = limits;
    }

    /** @param isArray whether they came as an array, and are answered as one */
    record Body(boolean isArray, List<Publication> publications) {

        Body {
            publications = List.copyOf(publications);
        }
    }

    /**
     * Reads a body.
     *
     * @throws InvalidParameterException when it is no JSON, or something in it is not as it should be; it names the
     *     field
     * @throws TooLargeException when the data of a message is too large
     */
    Body read(byte[] bytes) {
        String text = text(bytes);
        try (JsonParser parser = json.createParser(text)) {
            boolean isArray = parser.nextToken() == JsonToken.START_ARRAY;
            List<PublicationFields> all = isArray ? array(parser, text) : List.of(object(parser, text, ""));
            if (parser.nextToken() != null) {
                throw new InvalidParameterException("body", "the body is more than one JSON value");
            }
            return new Body(
                    isArray, all.stream().map(PublicationFields::publication).toList());
        } catch (JsonProcessingException e) {
            throw new InvalidParameterException(
                    "body",
                    "the body is no JSON that can be read: at most " + MAX_DEPTH
                            + " deep, each name once and of at most " + MAX_NAME + " characters, numbers of at most "
                            + MAX_DIGITS + " digits");
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private List<PublicationFields> array(JsonParser parser, String text) throws IOException {
        List<PublicationFields> all = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (all.size() == limits.maxMessages()) {
                throw new InvalidParameterException("body", "an array has 1 to " + limits.maxMessages() + " messages");
            }
            all.add(object(parser, text, "[" + all.size() + "]."));
        }
        if (all.isEmpty()) {
            throw new InvalidParameterException("body", "an array has 1 to " + limits.maxMessages() + " messages");
        }
        return all;
    }

    /** @param place stands before the names of fields, where there are several objects */
    private PublicationFields object(JsonParser parser, String text, String place) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new InvalidParameterException(
                    place.isEmpty() ? "body" : place.substring(0, place.length() - 1),
                    "a message is a JSON object, and the body one of them or an array of them");
        }
        Map<String, String> texts = new HashMap<>();
        String data = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("data") && value != JsonToken.VALUE_NULL) {
                data = valueText(parser, text);
            } else if (TEXTS.contains(field) && value != JsonToken.VALUE_NULL) {
                if (value != JsonToken.VALUE_STRING) {
                    throw new InvalidParameterException(place + field, place + field + " is a string");
                }
                texts.put(field, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        return new PublicationFields(place, texts, data, limits);
    }

    private static String valueText(JsonParser parser, String text) throws IOException {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        return text.substring(from, (int) parser.currentLocation().getCharOffset());
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidParameterException("body", "the body is not UTF-8");
        }
    }
}
