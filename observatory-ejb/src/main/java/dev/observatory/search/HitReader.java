package dev.observatory.search;

import dev.observatory.conversation.Excerpts;
import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.FullRecordReader;
import dev.observatory.conversation.KeptLine;
import dev.observatory.conversation.KeptSegment;
import dev.observatory.conversation.KeptSegments;
import dev.observatory.conversation.LineMark;
import dev.observatory.message.RecordExcerpt;
import dev.observatory.transcript.RecordText;
import dev.observatory.transcript.RecordTextReader;
import dev.observatory.transcript.TranscriptParser;
import dev.observatory.transcript.TranscriptRecord;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads from the store what was found. Used by one search, on one thread. */
final class HitReader {

    /** Enough of a text to know what kind of record it is. */
    private static final int KIND_CHARACTERS = 1024;

    private final KeptSegments segments;
    private final Snippets snippets;
    private final RecordTextReader texts;
    private final TranscriptParser parser = new TranscriptParser(KIND_CHARACTERS);
    private final Excerpts excerpts = new Excerpts(KIND_CHARACTERS);

    /** Hits of one conversation often lie close together. */
    private final Map<Long, Optional<KeptSegment>> read = new HashMap<>();

    /** @param characters how much of a record is searched */
    HitReader(KeptSegments segments, Snippets snippets, int characters) {
        this.segments = segments;
        this.snippets = snippets;
        texts = new RecordTextReader(characters);
    }

    /** Empty when the line is gone since it was found. */
    Optional<SearchHit> read(LineMark mark, Float score) throws IOException {
        Optional<KeptSegment> segment = read.computeIfAbsent(mark.segment(), segments::segment);
        if (segment.isEmpty() || mark.index() >= segment.get().lines().size()) {
            return Optional.empty();
        }
        KeptLine line = segment.get().lines().get(mark.index());
        Optional<RecordText> text = texts.read(line.text());
        Optional<RecordExcerpt> excerpt = excerpt(segment.get().place(), line);
        return text.isEmpty() || excerpt.isEmpty()
                ? Optional.empty()
                : Optional.of(hit(segment.get().place(), excerpt.get(), text.get(), score));
    }

    private Optional<RecordExcerpt> excerpt(FilePlace place, KeptLine line) {
        return parser.parse(line.text(), 0, line.text().length) instanceof TranscriptRecord record
                ? excerpts.of(record, line.position(), FullRecordReader.agentOf(place))
                : Optional.empty();
    }

    private SearchHit hit(FilePlace place, RecordExcerpt excerpt, RecordText text, Float score) throws IOException {
        return new SearchHit(
                place.conversationId(),
                place.path(),
                excerpt.agentId(),
                excerpt.position(),
                excerpt.uuid(),
                excerpt.role(),
                excerpt.kind(),
                excerpt.at(),
                score,
                snippets.of(text.text()));
    }
}
