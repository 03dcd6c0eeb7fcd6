package dev.observatory.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.observatory.protocol.CommandRefusal;
import dev.observatory.protocol.ErrorCode;
import java.io.IOException;

/**
 * The outer object of a command, as far as it has been read: of a faulty command the id is still good for the answer.
 * Confined to the one reading.
 */
final class Envelope {

    /** A name longer than this serves nobody and would be echoed in full, characters of JSON text. */
    private static final int MAX_ID_LENGTH = 200;

    private final String text;
    private String type;
    private String id;
    private String data;

    /** The first field that is not what it should be, with what it should be. */
    private String wrongField;

    private String expected;

    Envelope(String text) {
        this.text = text;
    }

    /** Reads to the end before it refuses anything, because the id may stand behind what is wrong. */
    void read(JsonParser parser) throws IOException, InvalidCommand {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw refused(ErrorCode.BAD_JSON, "a command is a JSON object", null);
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            take(field, parser);
        }
        if (parser.nextToken() != null) {
            throw refused(ErrorCode.BAD_JSON, "one command a message", null);
        }
        if (wrongField != null) {
            throw refused(ErrorCode.INVALID_FIELD, expected, wrongField);
        }
    }

    /** Null when there is none. */
    String type() {
        return type;
    }

    /** As JSON text, null when there is none that can be used. */
    String id() {
        return id;
    }

    /** As JSON text in one line, null when there is none. */
    String data() {
        return data;
    }

    InvalidCommand missing(String field, String message) {
        return refused(ErrorCode.MISSING_FIELD, message, field);
    }

    InvalidCommand refused(ErrorCode code, String message, String field) {
        return new InvalidCommand(new CommandRefusal(id, code, message, field));
    }

    private void take(String field, JsonParser parser) throws IOException {
        switch (field) {
            case "type" -> takeType(parser);
            case "id" -> takeId(parser);
            case "data" -> data = valueText(parser);
            default -> parser.skipChildren();
        }
    }

    private void takeType(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            type = parser.getText();
        } else {
            parser.skipChildren();
            wrong("type", "type is a string");
        }
    }

    private void takeId(JsonParser parser) throws IOException {
        boolean scalar = parser.currentToken() == JsonToken.VALUE_STRING
                || parser.currentToken().isNumeric();
        String value = valueText(parser);
        if (scalar && value.length() <= MAX_ID_LENGTH) {
            id = value;
        } else {
            wrong("id", "id is a string or a number of at most " + MAX_ID_LENGTH + " characters");
        }
    }

    private void wrong(String field, String message) {
        if (wrongField == null) {
            wrongField = field;
            expected = message;
        }
    }

    /** The value's own characters, so that an echo is the same to the letter; only line feeds become blanks. */
    private String valueText(JsonParser parser) throws IOException {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        int to = (int) parser.currentLocation().getCharOffset();
        return text.substring(from, to).strip().replace('\n', ' ').replace('\r', ' ');
    }
}
