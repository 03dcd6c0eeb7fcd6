package dev.observatory.conversation;

import dev.observatory.conversation.ConversationStore.PlacedLine;
import dev.observatory.transcript.DetailReader;
import dev.observatory.transcript.ParsedLine;
import dev.observatory.transcript.TranscriptLocation;
import dev.observatory.transcript.TranscriptParser;
import dev.observatory.transcript.TranscriptRecord;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads kept lines in full. Confined to one thread at a time. */
public final class FullRecordReader {

    private final TranscriptParser parser = new TranscriptParser(Integer.MAX_VALUE);
    private final DetailReader details = new DetailReader();

    public FullRecord read(PlacedLine line) {
        return read(line, kind -> true).orElseThrow();
    }

    /** @return empty when the line is of a kind that is not wanted, which is found out without reading all of it */
    public Optional<FullRecord> read(PlacedLine line, Predicate<String> kinds) {
        byte[] text = line.line().text();
        ParsedLine parsed = parser.parse(text, 0, text.length);
        String kind = kind(line.line(), parsed);
        if (!kinds.test(kind)) {
            return Optional.empty();
        }
        String agentId = agentOf(line.place());
        return Optional.of(
                parsed instanceof TranscriptRecord record
                        ? new FullRecord(line, agentId, kind, record, details.read(text))
                        : new FullRecord(line, agentId, kind, null, null));
    }

    private static String kind(KeptLine line, ParsedLine parsed) {
        if (line.skippedBytes() > 0) {
            return Excerpts.OVERSIZED;
        }
        return parsed instanceof TranscriptRecord record
                ? Excerpts.kindName(record, RecordKind.of(record))
                : FullRecord.BAD_LINE;
    }

    /** The sub-agent whose file it is; null for a session's own. */
    public static String agentOf(FilePlace file) {
        return KeptConversations.locationOf(file)
                .map(TranscriptLocation::agentId)
                .orElse(null);
    }
}
