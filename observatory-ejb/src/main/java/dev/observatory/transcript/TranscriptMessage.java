package dev.observatory.transcript;

import java.util.List;

/**
 * The {@code message} of a record. Immutable.
 *
 * @param id the API message's id, shared by all lines of one API message; null where the record gives none
 * @param role null where the record gives none
 * @param model null where the record gives none
 * @param usage null where the record gives none
 */
public record TranscriptMessage(String id, String role, String model, TokenUsage usage, List<ContentBlock> content) {

    static final TranscriptMessage EMPTY = new TranscriptMessage(null, null, null, null, List.of());

    public TranscriptMessage {
        content = List.copyOf(content);
    }

    /** Whether any part of the content is of that kind. */
    public boolean has(Class<? extends ContentBlock> kind) {
        return content.stream().anyMatch(kind::isInstance);
    }
}
