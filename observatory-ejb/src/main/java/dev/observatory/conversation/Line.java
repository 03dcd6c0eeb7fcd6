package dev.observatory.conversation;

import dev.observatory.message.RecordExcerpt;
import dev.observatory.transcript.TranscriptParser;
import dev.observatory.transcript.TranscriptRecord;
import java.util.Optional;

/**
 * A line with what was read in it, whether it comes from its file or out of the store. Immutable.
 *
 * @param record null where it is none
 * @param kind null where it is no record
 */
record Line(KeptLine kept, TranscriptRecord record, RecordKind kind) {

    static Line read(KeptLine kept, TranscriptParser parser) {
        boolean whole = kept.skippedBytes() == 0;
        return whole && parser.parse(kept.text(), 0, kept.text().length) instanceof TranscriptRecord record
                ? new Line(kept, record, RecordKind.of(record))
                : new Line(kept, null, null);
    }

    /** Whether it was skipped for its length. */
    boolean oversized() {
        return kept.skippedBytes() > 0;
    }

    /** Whether it could not be read. */
    boolean bad() {
        return record == null;
    }

    /** By what it is known in its file: its uuid, or else its place and its content. */
    Key key() {
        if (oversized()) {
            return Key.ofNames(Excerpts.OVERSIZED, Long.toString(kept.position()), Long.toString(kept.skippedBytes()));
        }
        return bad() || record.uuid() == null
                ? Key.ofLine(kept.position(), kept.text(), 0, kept.text().length)
                : Key.ofUuid(record.uuid());
    }

    /** How it is shown, if at all. */
    Optional<RecordExcerpt> excerpt(Excerpts excerpts, String agentId) {
        if (oversized()) {
            return Optional.of(excerpts.oversized(kept.position(), agentId, kept.skippedBytes()));
        }
        return bad() ? Optional.empty() : excerpts.of(record, kind, kept.position(), agentId);
    }
}
