package dev.observatory.conversation;

import dev.observatory.message.RecordExcerpt;
import dev.observatory.transcript.ContentBlock;
import dev.observatory.transcript.CutText;
import dev.observatory.transcript.TranscriptMessage;
import dev.observatory.transcript.TranscriptRecord;
import java.util.Optional;

/** How records are shown in a live view. Immutable. */
public final class Excerpts {

    /** Shown for a line that was too long to be read. */
    static final String OVERSIZED = "oversized";

    private final int characters;

    /** @param characters where texts are cut */
    public Excerpts(int characters) {
        this.characters = characters;
    }

    /** The excerpt of a record, whose kind is found out. */
    public Optional<RecordExcerpt> of(TranscriptRecord record, long position, String agentId) {
        return of(record, RecordKind.of(record), position, agentId);
    }

    /**
     * The excerpt of a record; empty for progress, which others repeat and which makes up most of some transcripts.
     *
     * @param position the record's number in its file, from 1
     * @param agentId null in the session's own file
     */
    Optional<RecordExcerpt> of(TranscriptRecord record, RecordKind kind, long position, String agentId) {
        if (record.isProgress()) {
            return Optional.empty();
        }
        CutText text = text(record, kind).limitedTo(characters);
        return Optional.of(new RecordExcerpt(
                position,
                record.uuid(),
                role(record),
                kindName(record, kind),
                agentId,
                record.timestamp(),
                text.text().isEmpty() ? null : text.text(),
                kind == RecordKind.TOOL_USE ? toolName(record.message()) : null,
                text.cut() ? Boolean.TRUE : null));
    }

    /** What stands for a line that was too long to be read. */
    RecordExcerpt oversized(long position, String agentId, long bytes) {
        return new RecordExcerpt(position, null, null, OVERSIZED, agentId, null, oversizedText(bytes), null, null);
    }

    static String oversizedText(long bytes) {
        return "A line of " + bytes + " bytes, too long to be read";
    }

    static String role(TranscriptRecord record) {
        return record.isUser() || record.isAssistant() || record.isSystem() ? record.type() : null;
    }

    static String kindName(TranscriptRecord record, RecordKind kind) {
        return switch (kind) {
            case PROMPT, INTERRUPT, TOOL_RESULT, TOOL_USE, TEXT, THINKING, TITLE -> kind.shownName();
            case LOCAL_COMMAND, NOTIFICATION, TURN_END, OTHER -> record.type() == null ? "unknown" : record.type();
        };
    }

    private static CutText text(TranscriptRecord record, RecordKind kind) {
        return switch (kind) {
            case PROMPT -> prompt(record.message());
            case TITLE -> record.title().text();
            case TOOL_USE -> input(record.message());
            case TOOL_RESULT -> result(record.message());
            case THINKING -> Texts.thoughtIn(record.message());
            default -> record.message().content().isEmpty() ? record.text() : Texts.saidIn(record.message());
        };
    }

    private static CutText prompt(TranscriptMessage message) {
        CutText said = Texts.saidIn(message);
        return new CutText(Texts.prompt(said.text()), said.cut());
    }

    private static CutText input(TranscriptMessage message) {
        return firstCall(message).map(ContentBlock.ToolUse::input).orElse(CutText.EMPTY);
    }

    private static String toolName(TranscriptMessage message) {
        return firstCall(message).map(ContentBlock.ToolUse::name).orElse(null);
    }

    private static Optional<ContentBlock.ToolUse> firstCall(TranscriptMessage message) {
        return message.content().stream()
                .filter(ContentBlock.ToolUse.class::isInstance)
                .map(ContentBlock.ToolUse.class::cast)
                .findFirst();
    }

    private static CutText result(TranscriptMessage message) {
        return message.content().stream()
                .filter(ContentBlock.ToolResult.class::isInstance)
                .map(ContentBlock.ToolResult.class::cast)
                .map(ContentBlock.ToolResult::text)
                .findFirst()
                .orElse(CutText.EMPTY);
    }
}
