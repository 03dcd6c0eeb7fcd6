package dev.observatory.conversation;

import dev.observatory.conversation.ConversationStore.PlacedLine;
import dev.observatory.transcript.DetailBlock;
import dev.observatory.transcript.RecordDetail;
import dev.observatory.transcript.TranscriptRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A kept line, read in full. Immutable.
 *
 * @param agentId the sub-agent whose file it stands in, null for the session's own
 * @param kind as in {@link dev.observatory.message.RecordExcerpt}, {@code oversized} for a line that was skipped for its
 *     length, {@value #BAD_LINE} for one that is no record
 * @param envelope uncut, null for a line that is no record
 * @param detail null for a line that is no record
 */
public record FullRecord(
        PlacedLine source, String agentId, String kind, TranscriptRecord envelope, RecordDetail detail) {

    public static final String BAD_LINE = "bad_line";

    public boolean isRecord() {
        return envelope != null;
    }

    /** The content of its message; empty where it has none. */
    public List<DetailBlock> blocks() {
        return isRecord() ? detail.blocks() : List.of();
    }

    /** {@code user}, {@code assistant} or {@code system}; null for all others. */
    public String role() {
        return isRecord() ? Excerpts.role(envelope) : null;
    }

    /** The text that stands beside its blocks or in place of them, such as a title; null where there is none. */
    public String text() {
        KeptLine line = source.line();
        if (line.skippedBytes() > 0) {
            return Excerpts.oversizedText(line.skippedBytes());
        }
        if (!isRecord()) {
            return new String(line.text(), StandardCharsets.UTF_8);
        }
        String text =
                (envelope.title() == null ? envelope.text() : envelope.title().text()).text();
        return text.isEmpty() ? null : text;
    }

    /** All that is said in its blocks, one part below the other; a slash command as the user typed it. */
    public String said() {
        String said = blocks().stream()
                .filter(DetailBlock.Text.class::isInstance)
                .map(block -> ((DetailBlock.Text) block).text())
                .collect(Collectors.joining("\n"));
        return kind.equals(RecordKind.PROMPT.shownName()) ? Texts.prompt(said) : said;
    }
}
