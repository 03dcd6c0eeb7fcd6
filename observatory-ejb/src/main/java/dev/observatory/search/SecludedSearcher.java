package dev.observatory.search;

import org.apache.lucene.index.Term;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermStatistics;

/**
 * Scores a document by itself, and not by how rare its words are in all others: that would tell somebody who may see some
 * conversations what is said in the rest. All words weigh the same. Thread-safe.
 */
final class SecludedSearcher extends IndexSearcher {

    /** As if there were a thousand records of a hundred words, with each word in one of them. */
    private static final int RECORDS = 1000;

    private static final int WORDS = 100 * RECORDS;

    SecludedSearcher(IndexSearcher other) {
        super(other.getIndexReader());
        setSimilarity(other.getSimilarity());
    }

    @Override
    public TermStatistics termStatistics(Term term, int docFreq, long totalTermFreq) {
        return new TermStatistics(term.bytes(), 1, 1);
    }

    @Override
    public CollectionStatistics collectionStatistics(String field) {
        return new CollectionStatistics(field, RECORDS, RECORDS, WORDS, WORDS);
    }
}
