package dev.observatory.transcript;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads all that the lines of transcripts say, up to a limit. Confined to one thread at a time.
 *
 * <p>Passed over are pictures and documents, which are in base 64, {@code toolUseResult}, which repeats a result, and
 * {@code progress} records, which repeat other records. The names of inputs' fields are passed over too: they are the
 * same in every call of a tool.
 */
public final class RecordTextReader {

    /** Ids are far shorter; a longer one is somebody's mistake or mischief and is cut. */
    private static final int WORD_LIMIT = 4096;

    private final JsonFactory json = TranscriptParser.factory();
    private final LimitedText text;

    // of the record that is being read
    private String type;
    private String uuid;
    private String timestamp;
    private String agentName;

    /** @param limit of a record's text, in characters */
    public RecordTextReader(int limit) {
        text = new LimitedText(limit);
    }

    /**
     * Reads one line.
     *
     * @param line without its newline; it is neither changed nor kept
     * @return empty when the line is no record, or one of progress
     */
    public Optional<RecordText> read(byte[] line) {
        type = null;
        uuid = null;
        timestamp = null;
        agentName = null;
        text.clear();
        try (JsonParser parser = json.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT || !readRecord(parser) || parser.nextToken() != null) {
                return Optional.empty();
            }
        } catch (IOException notJson) {
            return Optional.empty();
        }
        if ("agent-name".equals(type) && agentName != null) {
            text.add(agentName);
        }
        return Optional.of(new RecordText(uuid, Timestamp.parse(timestamp), text.toString(), text.isCut()));
    }

    /** @return whether the record is of use: the rest of one of progress is not looked at */
    private boolean readRecord(JsonParser parser) throws IOException {
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            readField(parser, field);
            if ("progress".equals(type)) {
                return false;
            }
        }
        return true;
    }

    private void readField(JsonParser parser, String field) throws IOException {
        switch (field) {
            case "type" -> type = word(parser);
            case "uuid" -> uuid = word(parser);
            case "timestamp" -> timestamp = word(parser);
            case "message" -> readMembers(parser, "content");
            case "content" -> readContent(parser);
            // what the user typed while the agent was at work
            case "attachment" -> readMembers(parser, "prompt");
            case "customTitle", "aiTitle", "summary" -> addString(parser);
            // every record of a named agent may carry its name; it is said by the one that gives it
            case "agentName" -> agentName = word(parser);
            default -> parser.skipChildren();
        }
    }

    private void readMembers(JsonParser parser, String wanted) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            if (field.equals(wanted)) {
                readContent(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    /** A text, a block, or a list of both. */
    private void readContent(JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> readBlock(parser);
            case START_ARRAY -> {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    readContent(parser);
                }
            }
            default -> addString(parser);
        }
    }

    /** Of any type: what is said always stands in these fields. */
    private void readBlock(JsonParser parser) throws IOException {
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            switch (field) {
                case "text", "thinking", "name", "content" -> readContent(parser);
                case "input" -> readStrings(parser);
                default -> parser.skipChildren();
            }
        }
    }

    /** All strings at the parser's place and below, but for names of fields. */
    private void readStrings(JsonParser parser) throws IOException {
        int depth = 0;
        while (true) {
            JsonToken token = parser.currentToken();
            if (token == JsonToken.VALUE_STRING) {
                text.add(parser);
            } else if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            }
            if (depth == 0) {
                return;
            }
            parser.nextToken();
        }
    }

    private void addString(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            text.add(parser);
        } else {
            parser.skipChildren();
        }
    }

    /** The id or word that the parser stands at; null at anything but a string, which is passed over. */
    private static String word(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return CutText.of(parser.getText(), WORD_LIMIT).text();
        }
        parser.skipChildren();
        return null;
    }
}
