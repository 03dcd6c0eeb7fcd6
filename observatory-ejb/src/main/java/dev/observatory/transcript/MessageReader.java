package dev.observatory.transcript;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the {@code message} of one record. Used once, by its parser's thread. */
final class MessageReader {

    private final JsonParser parser;
    private final TextReader texts;

    private String id;
    private String role;
    private String model;
    private TokenUsage usage;
    private final List<ContentBlock> content = new ArrayList<>(1);

    MessageReader(JsonParser parser, TextReader texts) {
        this.parser = parser;
        this.texts = texts;
    }

    /** Reads the object that the parser stands at the beginning of. */
    TranscriptMessage read() throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            readField(name);
        }
        return new TranscriptMessage(id, role, model, usage, content);
    }

    private void readField(String name) throws IOException {
        switch (name) {
            case "id" -> id = texts.name(parser);
            case "role" -> role = texts.name(parser);
            case "model" -> model = texts.name(parser);
            case "usage" -> readUsage();
            case "content" -> readContent();
            default -> parser.skipChildren();
        }
    }

    private void readContent() throws IOException {
        content.clear();
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            readBlock();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            readBlock();
        }
    }

    private void readBlock() throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> content.add(new BlockReader(parser, texts).read());
            case VALUE_STRING -> content.add(new ContentBlock.Text(texts.text(parser)));
            default -> parser.skipChildren();
        }
    }

    private void readUsage() throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            usage = new UsageReader(parser).read();
        } else {
            parser.skipChildren();
        }
    }
}
