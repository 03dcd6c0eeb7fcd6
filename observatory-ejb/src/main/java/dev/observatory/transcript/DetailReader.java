package dev.observatory.transcript;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the content of records in full, for the few that somebody looks at: {@link TranscriptParser}, through which all
 * lines go, cuts texts and leaves out what is seldom needed. Thread-safe.
 */
public final class DetailReader {

    private final JsonFactory json = TranscriptParser.factory();

    /**
     * Reads a line without its newline; the bytes are not kept.
     *
     * @throws IllegalArgumentException when it is one that {@link TranscriptParser} refuses
     */
    public RecordDetail read(byte[] line) {
        try (JsonParser parser = json.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("the line is not a JSON object");
            }
            return record(parser, new DetailBlockReader(parser, line));
        } catch (IOException e) {
            throw new IllegalArgumentException("the line is no record", e);
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
