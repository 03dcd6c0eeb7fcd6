package dev.observatory.transcript;

/** A title that a record gives to a conversation. Immutable. */
public record RecordTitle(Kind kind, CutText text) {

    /** Where a title comes from, the most trusted first. */
    public enum Kind {
        /** Given by the user. */
        CUSTOM_TITLE,
        AGENT_NAME,
        AI_TITLE,
        SUMMARY
    }
}
