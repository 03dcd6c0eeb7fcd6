package dev.observatory.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Matches;
import org.apache.lucene.search.MatchesIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.matchhighlight.BreakIteratorShrinkingAdjuster;
import org.apache.lucene.search.matchhighlight.OffsetRange;
import org.apache.lucene.search.matchhighlight.Passage;
import org.apache.lucene.search.matchhighlight.PassageSelector;

/** Chooses the pieces of a text that show best what was found in it. Used by one search, on one thread. */
final class Snippets {

    /** Most pieces of a text. */
    static final int MAX_SNIPPETS = 2;

    /** Longest piece, in UTF-16 units. */
    static final int MAX_LENGTH = 200;

    /** More are not looked at: two pieces hold few of them. */
    private static final int MAX_MATCHES = 1000;

    private final Query query;
    private final Analyzer analyzer;
    private final PassageSelector selector =
            new PassageSelector(PassageSelector.DEFAULT_SCORER, new BreakIteratorShrinkingAdjuster());

    Snippets(Query query, Analyzer analyzer) {
        this.query = query;
        this.analyzer = analyzer;
    }

    /** In the text's order; the text's beginning, where nothing is found in it. */
    List<Snippet> of(String text) throws IOException {
        return selector.pickBest(text, matches(text), MAX_LENGTH, MAX_SNIPPETS).stream()
                .map(passage -> snippet(text, passage))
                .toList();
    }

    private static Snippet snippet(String text, Passage passage) {
        return new Snippet(
                text.substring(passage.from, passage.to),
                passage.markers.stream()
                        .map(marker -> List.of(
                                Math.max(marker.from, passage.from) - passage.from,
                                Math.min(marker.to, passage.to) - passage.from))
                        .toList());
    }

    /** Where the query matches, one behind the other. */
    private List<OffsetRange> matches(String text) throws IOException {
        MemoryIndex index = new MemoryIndex(true);
        index.addField(Fields.TEXT, text, analyzer);
        IndexSearcher searcher = index.createSearcher();
        Matches matches = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1)
                .matches(searcher.getIndexReader().leaves().get(0), 0);
        MatchesIterator each = matches == null ? null : matches.getMatches(Fields.TEXT);
        List<OffsetRange> ranges = new ArrayList<>();
        while (each != null && each.next() && ranges.size() < MAX_MATCHES) {
            add(ranges, each.startOffset(), each.endOffset());
        }
        return ranges;
    }

    /** An identifier is found as a whole and by its parts, which overlap. */
    private static void add(List<OffsetRange> ranges, int from, int to) {
        OffsetRange last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
        if (last == null || from >= last.to) {
            ranges.add(new OffsetRange(from, to));
        } else if (to > last.to) {
            ranges.set(ranges.size() - 1, new OffsetRange(last.from, to));
        }
    }
}
