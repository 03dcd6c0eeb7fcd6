package dev.observatory.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON objects whose fields are texts and numbers: one, or several as lines (NDJSON,
 * {@code https://github.com/ndjson/ndjson-spec}). Thread-safe.
 */
final class FieldReader {

    private final JsonFactory json = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // read as numbers that fit nowhere, so that the field can be named
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            // names from outside must not end up in a table that all readers and the whole JVM share
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final int maxItems;
    private final int maxText;

    /**
     * @param maxItems how many lines are taken
     * @param maxText how long a text may be, characters
     */
    FieldReader(int maxItems, int maxText) {
        this.maxItems = maxItems;
        this.maxText = maxText;
    }

    /**
     * Reads one object.
     *
     * @throws InvalidParameterException when it is none
     */
    Fields object(byte[] body) {
        return object("", body, 0, body.length);
    }

    /**
     * Reads an object from each line that is not empty.
     *
     * @throws InvalidParameterException when one is none; it tells the line's place among them, from 0
     * @throws TooLargeException when there are too many
     */
    List<Fields> lines(byte[] body) {
        List<Fields> all = new ArrayList<>();
        int begin = 0;
        while (begin < body.length) {
            int end = endOfLine(body, begin);
            if (!isBlank(body, begin, end)) {
                if (all.size() == maxItems) {
                    throw new TooLargeException("a request has at most " + maxItems + " lines");
                }
                all.add(object(place(all.size()), body, begin, end));
            }
            begin = end + 1;
        }
        if (all.isEmpty()) {
            throw new InvalidParameterException("body", "the body has at least one line");
        }
        return all;
    }

    /** What stands before the names of fields, where there are several objects. */
    static String place(int index) {
        return "[" + index + "].";
    }

    private static int endOfLine(byte[] body, int begin) {
        int end = begin;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        return end;
    }

    private static boolean isBlank(byte[] body, int begin, int end) {
        for (int i = begin; i < end; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private Fields object(String place, byte[] body, int begin, int end) {
        String name = place.isEmpty() ? "body" : place.substring(0, place.length() - 1);
        try (JsonParser parser = json.createParser(body, begin, end - begin)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidParameterException(name, name + " is a JSON object");
            }
            Map<String, Object> values = new HashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                Object value = value(parser, parser.nextToken());
                if (value != null) {
                    values.put(field, value);
                }
            }
            if (parser.nextToken() != null) {
                throw new InvalidParameterException(name, name + " is more than one JSON object");
            }
            return new Fields(place, values, maxText);
        } catch (JsonProcessingException e) {
            throw new InvalidParameterException(name, name + " is no JSON that can be read, with each name once");
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private static Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) parser.getDoubleValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> {
                parser.skipChildren();
                yield token;
            }
        };
    }
}
