package dev.observatory.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import dev.observatory.conversation.FullRecord;
import dev.observatory.conversation.LineMark;
import dev.observatory.journal.JsonEncoder;
import dev.observatory.transcript.DetailBlock;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes records as JSON. Not by {@link JsonEncoder}: what a transcript has as JSON stays as it is written there, which
 * JSON Binding cannot do. Thread-safe.
 */
final class RecordWriter {

    private final JsonFactory json = JsonFactory.builder()
            // a record may be nested as deep as the reader allows
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    String page(List<FullRecord> records, LineMark next, boolean raw) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = json.createGenerator(text)) {
            // from the surrogates on all is escaped: transcripts have halves of pairs, which UTF-8 cannot carry
            out.setHighestNonEscapedChar(Character.MIN_SURROGATE - 1);
            out.writeStartObject();
            out.writeArrayFieldStart("items");
            for (FullRecord item : records) {
                write(item, raw, out);
            }
            out.writeEndArray();
            writeText("next_cursor", next == null ? null : RecordCursor.of(next), out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    private static void write(FullRecord item, boolean raw, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeNumberField("position", item.source().line().position());
        writeText("file_path", item.source().place().path(), out);
        writeText("agent_id", item.agentId(), out);
        writeText("kind", item.kind(), out);
        writeText("role", item.role(), out);
        if (item.isRecord()) {
            writeText("uuid", item.envelope().uuid(), out);
            writeText("parent_uuid", item.detail().parentUuid(), out);
            writeText(
                    "at",
                    item.envelope().timestamp() == null
                            ? null
                            : JsonEncoder.time(item.envelope().timestamp()),
                    out);
            writeText("model", item.envelope().message().model(), out);
        }
        writeText("text", item.text(), out);
        if (!item.blocks().isEmpty()) {
            writeBlocks("blocks", item.blocks(), out);
        }
        if (raw) {
            writeText("raw", new String(item.source().line().text(), StandardCharsets.UTF_8), out);
        }
        out.writeEndObject();
    }

    private static void writeBlocks(String name, List<DetailBlock> blocks, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart(name);
        for (DetailBlock block : blocks) {
            out.writeStartObject();
            write(block, out);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void write(DetailBlock block, JsonGenerator out) throws IOException {
        if (block instanceof DetailBlock.Text text) {
            out.writeStringField("type", "text");
            out.writeStringField("text", text.text());
        } else if (block instanceof DetailBlock.Thinking thinking) {
            out.writeStringField("type", "thinking");
            out.writeStringField("text", thinking.text());
        } else if (block instanceof DetailBlock.ToolUse call) {
            out.writeStringField("type", "tool_use");
            writeText("id", call.id(), out);
            writeText("name", call.name(), out);
            writeJson("input", call.input(), out);
        } else if (block instanceof DetailBlock.ToolResult result) {
            out.writeStringField("type", "tool_result");
            writeText("tool_use_id", result.toolUseId(), out);
            out.writeBooleanField("is_error", result.error());
            writeBlocks("content", result.content(), out);
        } else if (block instanceof DetailBlock.Media media) {
            out.writeStringField("type", media.type());
            writeText("media_type", media.mediaType(), out);
            out.writeNumberField("size", media.size());
        } else if (block instanceof DetailBlock.Other other) {
            writeText("type", other.type(), out);
            writeJson("json", other.json(), out);
        }
    }

    private static void writeText(String name, String text, JsonGenerator out) throws IOException {
        if (text != null) {
            out.writeStringField(name, text);
        }
    }

    private static void writeJson(String name, String json, JsonGenerator out) throws IOException {
        if (json != null) {
            out.writeFieldName(name);
            out.writeRawValue(json);
        }
    }
}
