package dev.observatory.transcript;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads the blocks of one record in full. Used once, by its parser's thread. */
final class DetailBlockReader {

    private final JsonParser parser;

    /** What the parser reads. */
    private final byte[] line;

    DetailBlockReader(JsonParser parser, byte[] line) {
        this.parser = parser;
        this.line = line;
    }

    /** The content that the parser stands at: a text, a block, or a list of those. */
    List<DetailBlock> content() throws IOException {
        List<DetailBlock> blocks = new ArrayList<>(1);
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            addBlock(blocks);
            return blocks;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            addBlock(blocks);
        }
        return blocks;
    }

    private void addBlock(List<DetailBlock> blocks) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> blocks.add(block());
            case VALUE_STRING -> blocks.add(new DetailBlock.Text(parser.getText()));
            case VALUE_NULL -> {
                // says that there is nothing
            }
            default -> blocks.add(new DetailBlock.Other(null, json()));
        }
    }

    private DetailBlock block() throws IOException {
        int start = start();
        Fields fields = new Fields();
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            readField(fields, field);
        }
        return fields.block(() -> slice(start));
    }

    private void readField(Fields fields, String field) throws IOException {
        switch (field) {
            case "type" -> fields.type = string();
            case "id" -> fields.id = string();
            case "name" -> fields.name = string();
            case "tool_use_id" -> fields.toolUseId = string();
            case "is_error" -> {
                parser.skipChildren();
                fields.error = parser.currentToken() == JsonToken.VALUE_TRUE;
            }
            case "text" -> fields.text = string();
            case "thinking" -> fields.thinking = string();
            case "content" -> fields.content = content();
            case "input" -> fields.input = json();
            case "source" -> readSource(fields);
            default -> parser.skipChildren();
        }
    }

    private void readSource(Fields fields) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            switch (field) {
                case "type" -> fields.sourceType = string();
                case "media_type" -> fields.mediaType = string();
                case "data" -> {
                    // three bytes to four characters, without counting what pads the last four
                    fields.size = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getTextLength() * 3L / 4 : 0;
                    parser.skipChildren();
                }
                default -> parser.skipChildren();
            }
        }
    }

    /** The string that the parser stands at, null at anything else. */
    String string() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }

    /** The value that the parser stands at, as it is written. */
    private String json() throws IOException {
        int start = start();
        parser.skipChildren();
        parser.finishToken();
        return slice(start);
    }

    private int start() {
        return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    }

    private String slice(int start) {
        int end = Math.toIntExact(parser.currentLocation().getByteOffset());
        return new String(line, start, end - start, StandardCharsets.UTF_8).strip();
    }

    /** What was found of one block; whose it is only its type tells, which may come last. */
    private static final class Fields {

        private String type;
        private String id;
        private String name;
        private String toolUseId;
        private boolean error;
        private String text;
        private String thinking;
        private List<DetailBlock> content = List.of();
        private String input;
        private String sourceType;
        private String mediaType;
        private long size;

        DetailBlock block(Supplier<String> json) {
            return switch (type == null ? "" : type) {
                case "text" -> new DetailBlock.Text(text == null ? "" : text);
                case "thinking" -> new DetailBlock.Thinking(thinking == null ? "" : thinking);
                case "tool_use" -> new DetailBlock.ToolUse(id, name, input);
                case "tool_result" -> new DetailBlock.ToolResult(toolUseId, error, content);
                case "image", "document" ->
                    "base64".equals(sourceType)
                            ? new DetailBlock.Media(type, mediaType, size)
                            : new DetailBlock.Other(type, json.get());
                default -> new DetailBlock.Other(type, json.get());
            };
        }
    }
}
