package dev.observatory.search;

import dev.observatory.conversation.KeptSegment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.StreamSupport;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;

/**
 * An open index. One thread writes, any may search; {@link #close} and {@link #abandon} may come from another one.
 */
final class SearchIndex implements AutoCloseable {

    /**
     * Lucene warns of Java versions and modules that could make it faster; what goes wrong, it throws. Held, or the level
     * would be forgotten.
     */
    private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

    static {
        LUCENE.setLevel(Level.SEVERE);
    }

    /** What is added is held in memory up to this size. */
    private static final double BUFFER_MEGABYTES = 16;

    /** Merging happens on the writing thread, which has to come to an end: a few seconds for so much. */
    private static final double MAX_MERGED_MEGABYTES = 256;

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final LineDocuments documents;

    /** Confined to the writing thread. */
    private IndexProgress progress;

    /**
     * Opens an index, or begins one where there is none.
     *
     * @param characters how much of a record is searched
     * @throws org.apache.lucene.store.LockObtainFailedException when another process uses it
     * @throws IOException when it is damaged, see {@link IndexFolder#isDamage}, or cannot be read
     */
    static SearchIndex open(IndexFolder folder, Analyzer analyzer, int characters) throws IOException {
        Directory directory = folder.open();
        IndexWriter writer = null;
        try {
            writer = new IndexWriter(directory, config(analyzer));
            return new SearchIndex(directory, writer, characters);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            giveUp(directory, writer);
            throw new CorruptIndexException("It says what cannot be", folder.toString(), e);
        } catch (IOException | RuntimeException e) {
            giveUp(directory, writer);
            throw e;
        }
    }

    /** @param writer null when it could not be opened */
    private static void giveUp(Directory directory, IndexWriter writer) throws IOException {
        try (directory) {
            if (writer != null) {
                writer.rollback();
            }
        }
    }

    private static IndexWriterConfig config(Analyzer analyzer) {
        TieredMergePolicy merges = new TieredMergePolicy();
        merges.setMaxMergedSegmentMB(MAX_MERGED_MEGABYTES);
        return new IndexWriterConfig(analyzer)
                .setRAMBufferSizeMB(BUFFER_MEGABYTES)
                .setMergePolicy(merges)
                // no threads of Lucene's own: they would compete with live delivery, and the container knows none of
                // them
                .setMergeScheduler(new SerialMergeScheduler())
                .setCommitOnClose(false);
    }

    private SearchIndex(Directory directory, IndexWriter writer, int characters) throws IOException {
        this.directory = directory;
        this.writer = writer;
        searchers = new SearcherManager(writer, null);
        documents = new LineDocuments(characters);
        progress = IndexProgress.read(committed(writer));
    }

    private static Map<String, String> committed(IndexWriter writer) {
        Map<String, String> data = new HashMap<>();
        Iterable<Map.Entry<String, String>> entries = writer.getLiveCommitData();
        if (entries != null) {
            StreamSupport.stream(entries.spliterator(), false)
                    .forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        }
        return data;
    }

    /** How far the index has come; null for a new one, and for one that cannot be understood. */
    IndexProgress progress() {
        return progress;
    }

    /** Removes everything. */
    void begin(IndexProgress start) throws IOException {
        writer.deleteAll();
        moveTo(start);
        commit();
        refresh();
    }

    /** The next segment. */
    void add(KeptSegment segment) throws IOException {
        List<Term> keys = new ArrayList<>();
        List<Document> records = new ArrayList<>();
        documents.read(segment, (key, document) -> {
            keys.add(key);
            records.add(document);
        });
        for (int i = 0; i < keys.size(); i++) {
            writer.updateDocument(keys.get(i), records.get(i));
        }
        moveTo(progress.after(segment));
    }

    private void moveTo(IndexProgress next) {
        progress = next;
        writer.setLiveCommitData(next.written().entrySet());
    }

    void forget(Collection<String> conversationIds) throws IOException {
        writer.deleteDocuments(conversationIds.stream()
                .map(id -> new Term(Fields.CONVERSATION, id))
                .toArray(Term[]::new));
        commit();
        refresh();
    }

    /** Lets searches see what was added. */
    void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    void commit() throws IOException {
        writer.commit();
    }

    /** To be given back by {@link #release}. */
    IndexSearcher acquire() throws IOException {
        return searchers.acquire();
    }

    void release(IndexSearcher searcher) throws IOException {
        searchers.release(searcher);
    }

    /** Keeps what was added. Merges that are due are left to the next start. */
    @Override
    public void close() throws IOException {
        try {
            writer.commit();
        } finally {
            abandon();
        }
    }

    /** Falls back to the last commit; what was added since is to be added again. */
    void abandon() throws IOException {
        try (directory) {
            searchers.close();
            writer.rollback();
        }
    }
}
