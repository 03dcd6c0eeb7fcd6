package dev.observatory.transcript;

/** A part of a message's content. All kinds are immutable. */
public sealed interface ContentBlock {

    /** Something said; also a bare string. */
    record Text(CutText text) implements ContentBlock {}

    /** What the model thought. */
    record Thinking(CutText text) implements ContentBlock {}

    /**
     * A call of a tool.
     *
     * @param id null where the record gives none
     * @param name null where the record gives none
     * @param input the most telling value of its input, such as the command or the file; empty when none is known
     */
    record ToolUse(String id, String name, CutText input) implements ContentBlock {}

    /**
     * The result of a call.
     *
     * @param toolUseId the id of the call, null where the record gives none
     */
    record ToolResult(String toolUseId, boolean error, CutText text) implements ContentBlock {}

    /** A picture, whose bytes are not kept. */
    record Image() implements ContentBlock {}

    /**
     * Anything else, such as a document.
     *
     * @param type null where the block gives none
     */
    record Other(String type) implements ContentBlock {}
}
