package dev.observatory.transcript;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;

/** Reads one block of a message's content. Used once, by its parser's thread. */
final class BlockReader {

    /** Fields of tools' inputs that say in one value what a call is about, the most telling first. */
    private static final List<String> TELLING = List.of(
            "command",
            "file_path",
            "notebook_path",
            "pattern",
            "query",
            "url",
            "description",
            "path",
            "prompt",
            "skill",
            "task_id",
            "subject",
            "text");

    private final JsonParser parser;
    private final TextReader texts;

    private String type;
    private String id;
    private String name;
    private String toolUseId;
    private boolean error;
    private CutText text = CutText.EMPTY;
    private CutText thinking = CutText.EMPTY;
    private CutText content = CutText.EMPTY;
    private CutText input = CutText.EMPTY;

    BlockReader(JsonParser parser, TextReader texts) {
        this.parser = parser;
        this.texts = texts;
    }

    /** Reads the object that the parser stands at the beginning of. */
    ContentBlock read() throws IOException {
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            readField(field);
        }
        return block();
    }

    private void readField(String field) throws IOException {
        switch (field) {
            case "type" -> type = texts.name(parser);
            case "id" -> id = texts.name(parser);
            case "name" -> name = texts.name(parser);
            case "tool_use_id" -> toolUseId = texts.name(parser);
            case "is_error" -> error = texts.flag(parser);
            case "text" -> text = texts.text(parser);
            case "thinking" -> thinking = texts.text(parser);
            case "content" -> content = result();
            case "input" -> input = input();
            default -> parser.skipChildren();
        }
    }

    private ContentBlock block() {
        return switch (type == null ? "" : type) {
            case "text" -> new ContentBlock.Text(text);
            case "thinking" -> new ContentBlock.Thinking(thinking);
            case "tool_use" -> new ContentBlock.ToolUse(id, name, input);
            case "tool_result" -> new ContentBlock.ToolResult(toolUseId, error, content);
            case "image" -> new ContentBlock.Image();
            default -> new ContentBlock.Other(type);
        };
    }

    /** A result is a string, or a list of blocks of which the first text is taken. */
    private CutText result() throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return texts.text(parser);
        }
        CutText first = CutText.EMPTY;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            CutText next = resultPart();
            first = first.isBlank() ? next : first;
        }
        return first;
    }

    private CutText resultPart() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return texts.text(parser);
        }
        CutText found = CutText.EMPTY;
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            if (field.equals("text")) {
                found = texts.text(parser);
            } else {
                parser.skipChildren();
            }
        }
        return found;
    }

    private CutText input() throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return texts.text(parser);
        }
        CutText found = CutText.EMPTY;
        int best = TELLING.size();
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            int rank = TELLING.indexOf(field);
            boolean string = parser.nextToken() == JsonToken.VALUE_STRING;
            if (string && rank >= 0 && rank < best) {
                best = rank;
                found = texts.text(parser);
            } else {
                parser.skipChildren();
            }
        }
        return found;
    }
}
