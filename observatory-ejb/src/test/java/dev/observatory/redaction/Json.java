package dev.observatory.redaction;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes JSON for the tests, by other means than the code they test. */
final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** What a document is made of, without what its names and strings say. */
    static List<JsonToken> structure(byte[] document) throws IOException {
        List<JsonToken> tokens = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(document)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                tokens.add(token);
                parser.getText();
            }
        }
        return tokens;
    }

    /** All names and strings of a document. */
    static List<String> texts(byte[] document) throws IOException {
        List<String> texts = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(document)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
                    texts.add(parser.getText());
                }
            }
        }
        return texts;
    }

    static boolean isValid(byte[] document) {
        try {
            structure(document);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A text as a string of JSON, with no more escapes than needed. */
    static String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            json.append(
                    switch (c) {
                        case '"' -> "\\\"";
                        case '\\' -> "\\\\";
                        case '\n' -> "\\n";
                        case '\r' -> "\\r";
                        case '\t' -> "\\t";
                        default -> c < ' ' ? escaped(c) : String.valueOf(c);
                    });
        }
        return json.append('"').toString();
    }

    /** The same with every character escaped. */
    static String escapedString(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> json.append(escaped((char) c)));
        return json.append('"').toString();
    }

    private static String escaped(char c) {
        return String.format("\\u%04x", (int) c);
    }
}
