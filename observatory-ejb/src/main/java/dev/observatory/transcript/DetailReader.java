package dev.observatory.transcript;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the content of records in full, for the few that somebody looks at: {@link TranscriptParser}, through which all
 * lines go, cuts texts and leaves out what is seldom needed. Thread-safe.
 */
public final class DetailReader {

    private final JsonFactory json = TranscriptParser.factory();

    /**
     * Reads a line without its newline; the bytes are not kept, and those that are no UTF-8 become U+FFFD.
     *
     * @throws IllegalArgumentException when it is one that {@link TranscriptParser} refuses for another reason
     */
    public RecordDetail read(byte[] line) {
        try {
            return record(line);
        } catch (IOException e) {
            return mended(line);
        }
    }

    /** The parser passes over texts whose bytes nobody has looked at, so that half a surrogate pair can be in them. */
    private RecordDetail mended(byte[] line) {
        try {
            return record(new String(line, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalArgumentException("the line is no record", e);
        }
    }

    private RecordDetail record(byte[] line) throws IOException {
        try (JsonParser parser = json.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("the line is not a JSON object");
            }
            RecordDetail detail = record(parser, new DetailBlockReader(parser, line));
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("the line is more than one JSON object");
            }
            return detail;
        }
    }

    private static RecordDetail record(JsonParser parser, DetailBlockReader blocks) throws IOException {
        String parentUuid = null;
        List<DetailBlock> content = List.of();
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            switch (field) {
                case "parentUuid" -> parentUuid = blocks.string();
                case "message" -> content = message(parser, blocks);
                default -> parser.skipChildren();
            }
        }
        return new RecordDetail(parentUuid, content);
    }

    private static List<DetailBlock> message(JsonParser parser, DetailBlockReader blocks) throws IOException {
        List<DetailBlock> content = new ArrayList<>(1);
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return content;
        }
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            if (field.equals("content")) {
                content = blocks.content();
            } else {
                parser.skipChildren();
            }
        }
        return content;
    }
}
