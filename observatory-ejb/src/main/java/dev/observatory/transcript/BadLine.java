package dev.observatory.transcript;

/** A line that is no record. Immutable. */
public record BadLine(Reason reason) implements ParsedLine {

    /** Why a line is refused. */
    public enum Reason {
        /** It is not JSON, such as a torn line or two lines run together. */
        NOT_JSON,
        /** It is not a JSON object. */
        NOT_AN_OBJECT,
        /** Its bytes are not UTF-8. */
        INVALID_UTF8,
        /** It holds NUL bytes, as a crash of the machine leaves them. */
        NUL_BYTES,
        /** It is nested deeper than {@value TranscriptParser#MAX_DEPTH} levels, or a field's name is too long. */
        BEYOND_LIMITS
    }
}
