package dev.observatory.transcript;

import java.util.List;

/** A part of a message's content in full, of which {@link ContentBlock} has the beginning. All kinds are immutable. */
public sealed interface DetailBlock {

    /** Something said; also a bare string. */
    record Text(String text) implements DetailBlock {}

    /** What the model thought. */
    record Thinking(String text) implements DetailBlock {}

    /**
     * A call of a tool.
     *
     * @param id null where the record gives none
     * @param name null where the record gives none
     * @param input JSON text as it stands in the line, null where the record gives none
     */
    record ToolUse(String id, String name, String input) implements DetailBlock {}

    /**
     * The result of a call.
     *
     * @param toolUseId the id of the call, null where the record gives none
     * @param content one text, or what else the tool has brought
     */
    record ToolResult(String toolUseId, boolean error, List<DetailBlock> content) implements DetailBlock {

        public ToolResult {
            content = List.copyOf(content);
        }
    }

    /**
     * An image or a document, of which nothing but a mention is given out.
     *
     * @param type {@code image} or {@code document}
     * @param mediaType null where the record gives none
     * @param size of its content, bytes
     */
    record Media(String type, String mediaType, long size) implements DetailBlock {}

    /**
     * Anything else.
     *
     * @param type null where the block gives none
     * @param json the block as it stands in the line
     */
    record Other(String type, String json) implements DetailBlock {}
}
