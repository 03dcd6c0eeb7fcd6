package dev.observatory.search;

import dev.observatory.conversation.KeptSegments;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.util.BytesRef;

/** Searches in an index. Thread-safe. */
final class IndexSearch {

    /** Up to a thousand hits are counted; to count further would be to look at every one of them. */
    private static final int MAX_COUNTED = 1001;

    /** Times beyond are nobody's, and would not fit into milliseconds. */
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final SortField BY_LINE = new SortField(Fields.LINE, SortField.Type.LONG, true);

    private final KeptSegments segments;
    private final Analyzer analyzer;
    private final QueryReader queries;
    private final int characters;

    /** @param characters how much of a record is searched */
    IndexSearch(KeptSegments segments, Analyzer analyzer, int characters) {
        this.segments = segments;
        this.analyzer = analyzer;
        this.characters = characters;
        queries = new QueryReader(analyzer);
    }

    /**
     * @param behind what the page says of it
     * @throws InvalidQueryException when the text has nothing to look for
     */
    SearchPage search(IndexSearcher searcher, SearchRequest request, long behind) throws IOException {
        Query wanted = queries.read(request.text());
        // one more tells whether there is another page
        IndexSearcher scoring = request.conversationIds() == null ? searcher : new SecludedSearcher(searcher);
        TopFieldDocs found = scoring.search(
                filtered(wanted, request),
                new TopFieldCollectorManager(
                        sort(request.order()), request.limit() + 1, after(searcher, request), MAX_COUNTED));
        List<ScoreDoc> page =
                Arrays.asList(found.scoreDocs).subList(0, Math.min(request.limit(), found.scoreDocs.length));
        boolean isLast = page.size() == found.scoreDocs.length;
        HitReader reader = new HitReader(segments, new Snippets(wanted, analyzer), characters);
        List<SearchHit> hits = new ArrayList<>();
        for (ScoreDoc hit : page) {
            SearchPosition position = position((FieldDoc) hit, request.order());
            Float score = request.order() == SearchOrder.RELEVANCE ? score(position) : null;
            reader.read(LineNumber.mark(position.line()), score).ifPresent(hits::add);
        }
        return new SearchPage(
                hits,
                found.totalHits.value,
                found.totalHits.relation == TotalHits.Relation.EQUAL_TO,
                isLast ? null : position((FieldDoc) page.get(page.size() - 1), request.order()),
                behind);
    }

    private static Query filtered(Query wanted, SearchRequest request) {
        BooleanQuery.Builder query = new BooleanQuery.Builder().add(wanted, Occur.MUST);
        if (request.conversationIds() != null) {
            List<BytesRef> ids =
                    request.conversationIds().stream().map(BytesRef::new).toList();
            query.add(new TermInSetQuery(Fields.CONVERSATION, ids), Occur.FILTER);
        }
        if (request.agentId() != null) {
            query.add(new TermQuery(new Term(Fields.AGENT, request.agentId())), Occur.FILTER);
        }
        if (request.since() != null || request.until() != null) {
            query.add(LongPoint.newRangeQuery(Fields.AT, first(request.since()), last(request.until())), Occur.FILTER);
        }
        return query.build();
    }

    private static long first(Instant since) {
        return since == null ? Long.MIN_VALUE : within(since).toEpochMilli();
    }

    private static long last(Instant until) {
        return until == null ? Long.MAX_VALUE : within(until).minusNanos(1).toEpochMilli();
    }

    private static Instant within(Instant time) {
        return time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
    }

    private static Sort sort(SearchOrder order) {
        return switch (order) {
            case RELEVANCE -> new Sort(SortField.FIELD_SCORE, BY_LINE);
            case NEWEST -> {
                SortField byTime = new SortField(Fields.AT, SortField.Type.LONG, true);
                byTime.setMissingValue(Long.MIN_VALUE);
                yield new Sort(byTime, BY_LINE);
            }
        };
    }

    private static FieldDoc after(IndexSearcher searcher, SearchRequest request) {
        SearchPosition after = request.after();
        if (after == null) {
            return null;
        }
        Object key = request.order() == SearchOrder.RELEVANCE ? (Object) score(after) : (Object) after.key();
        // the last document there can be: nothing with equal keys comes again
        int document = Math.max(0, searcher.getIndexReader().maxDoc() - 1);
        return new FieldDoc(document, Float.NaN, new Object[] {key, after.line()});
    }

    private static SearchPosition position(FieldDoc hit, SearchOrder order) {
        long line = (Long) hit.fields[1];
        return new SearchPosition(
                order == SearchOrder.RELEVANCE ? Float.floatToIntBits((Float) hit.fields[0]) : (Long) hit.fields[0],
                line);
    }

    private static float score(SearchPosition position) {
        return Float.intBitsToFloat((int) position.key());
    }
}
