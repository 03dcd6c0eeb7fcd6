package dev.observatory.search;

import dev.observatory.conversation.KeptSegment;
import dev.observatory.conversation.KeptSegments;
import dev.observatory.conversation.StoreUnavailableException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * Keeps an index in step with the store: opens it, adds what was kept since, and builds it anew when it is of no use.
 * Thread-safe: steps and removals exclude each other.
 *
 * <p>The number of the last segment is committed together with what was added, so a process that is killed at any moment
 * goes on behind its last commit.
 */
final class Following {

    /** How a step ended. */
    enum Outcome {
        /** There is more to add. */
        MORE,
        /** Everything there was is in the index. */
        DONE,
        /** The index or the store is away; it is to be tried again later. */
        TROUBLE
    }

    private static final Logger LOG = System.getLogger(Following.class.getName());

    /** A step is that long: a few milliseconds, or one turn of reading. */
    private static final long STEP_BYTES = 64 << 10;

    /** Asking for a segment takes as long as so many bytes of it. */
    private static final long SEGMENT_BYTES = 4 << 10;

    private final KeptSegments segments;
    private final IndexFolder folder;
    private final Analyzer analyzer;
    private final int characters;

    /** Null while none is open; written under this object's lock. */
    private volatile SearchIndex index;

    /** Whether it is certain that the index is of this store; written under this object's lock. */
    private volatile boolean isVerified;

    /** The kind of what is wrong, null while all is well; guarded by this object's lock. */
    private String trouble;

    /** Conversations that are no more, but perhaps still in the index. */
    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();

    private volatile boolean isClosed;

    /** The last turn of reading that was added; written under this object's lock. */
    private long reached;

    /** The last that can be found; written under this object's lock. */
    private volatile long visible;

    Following(KeptSegments segments, SearchConfig config, Analyzer analyzer) {
        this.segments = segments;
        this.folder = config.folder();
        this.analyzer = analyzer;
        characters = config.maxCharacters();
    }

    /**
     * The index, to search in.
     *
     * @throws SearchUnavailableException while it is not open, or perhaps of another store
     */
    SearchIndex index() {
        SearchIndex open = index;
        if (open == null || !isVerified) {
            throw unavailable(null);
        }
        return open;
    }

    static SearchUnavailableException unavailable(Exception cause) {
        return new SearchUnavailableException(
                "the search index is not open yet, or cannot be; then the log says why", cause);
    }

    /**
     * How many turns of reading are kept that cannot be found by a searcher that is acquired from now on.
     *
     * @throws StoreUnavailableException when the store cannot tell now
     */
    long behind() {
        return Math.max(0, segments.newest() - visible);
    }

    /** Adds some of what is new. */
    synchronized Outcome step() {
        if (isClosed) {
            return Outcome.DONE;
        }
        try {
            prepare();
            removeForgotten();
            boolean isMore = addSome();
            works();
            return isMore ? Outcome.MORE : Outcome.DONE;
        } catch (StoreUnavailableException e) {
            // the store has said so in the log; another one may be there when it comes back
            isVerified = false;
            trouble = trouble == null ? "store" : trouble;
        } catch (LockObtainFailedException e) {
            fails("The search index in " + folder + " is in use by another process", e);
        } catch (IOException | RuntimeException e) {
            breaks(e);
        }
        return Outcome.TROUBLE;
    }

    /** The index could not be read or written: it is opened again, or built anew if it is damaged. */
    synchronized void breaks(Exception failure) {
        drop();
        if (isClosed) {
            return;
        }
        if (IndexFolder.isDamage(failure)) {
            rebuild(failure);
        } else {
            fails("The search index in " + folder + " cannot be kept up: " + failure, failure);
        }
    }

    private void prepare() throws IOException {
        if (index == null) {
            index = SearchIndex.open(folder, analyzer, characters);
            visible = Long.MAX_VALUE;
            isVerified = false;
        }
        if (!isVerified) {
            IndexProgress none = IndexProgress.none(Fields.FORMAT + "/" + characters, segments.storeId());
            if (!isOfThisStore(index.progress(), none)) {
                index.begin(none);
            }
            reached = index.progress().segment();
            visible = Math.min(visible, reached);
            isVerified = true;
        }
    }

    private boolean isOfThisStore(IndexProgress progress, IndexProgress none) {
        if (progress == null) {
            return false;
        }
        boolean isOfUse = progress.format().equals(none.format())
                && progress.store().equals(none.store())
                && (progress.segment() == 0
                        || segments.after(progress.segment() - 1)
                                .filter(first -> first.number() > progress.segment() || progress.endsWith(first))
                                .isPresent());
        if (!isOfUse) {
            LOG.log(Level.INFO, "The search index in {0} is of another store or version, and is built anew", folder);
        }
        return isOfUse;
    }

    /** @return whether there is more */
    private boolean addSome() throws IOException {
        long newest = segments.newest();
        long bytes = 0;
        while (reached < newest && bytes < STEP_BYTES) {
            Optional<KeptSegment> next = segments.after(reached);
            if (next.isEmpty()) {
                return false;
            }
            index.add(next.get());
            reached = next.get().number();
            bytes += SEGMENT_BYTES;
            // an empty line is work, too
            bytes += next.get().lines().stream()
                    .mapToLong(line -> line.text().length + 1L)
                    .sum();
        }
        return reached < newest;
    }

    /** Lets searches see what was added. */
    synchronized void refresh() {
        attempt(open -> {
            open.refresh();
            visible = reached;
        });
    }

    /** What was added survives the end of the process. */
    synchronized void commit() {
        attempt(SearchIndex::commit);
    }

    private interface Work {
        void on(SearchIndex index) throws IOException;
    }

    private void attempt(Work work) {
        try {
            if (index != null) {
                work.on(index);
            }
        } catch (IOException | RuntimeException e) {
            breaks(e);
        }
    }

    /** Lets the next step that finds an index remove what some conversations said. Waits for nothing. */
    void forget(Collection<String> conversationIds) {
        forgotten.addAll(conversationIds);
    }

    private void removeForgotten() throws IOException {
        List<String> gone = List.copyOf(forgotten);
        if (!gone.isEmpty()) {
            index.forget(gone);
            forgotten.removeAll(gone);
        }
    }

    /** Closes the index, which is then of no use until the next step opens it again. */
    private void drop() {
        SearchIndex broken = index;
        index = null;
        if (broken != null) {
            try {
                broken.abandon();
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.DEBUG, "The search index cannot be closed", e);
            }
        }
    }

    private void rebuild(Exception damage) {
        try {
            folder.clear();
            LOG.log(
                    Level.WARNING,
                    "The search index in " + folder + " is damaged, and is built anew: " + damage.getMessage());
        } catch (IOException e) {
            fails("The search index in " + folder + " is damaged, and cannot be removed: " + e, e);
        }
    }

    /** Tells the log once, and not at every try. */
    private void fails(String message, Exception failure) {
        if (!failure.getClass().getName().equals(trouble)) {
            trouble = failure.getClass().getName();
            LOG.log(Level.WARNING, message);
            LOG.log(Level.DEBUG, "How it came to that", failure);
        }
    }

    private void works() {
        if (trouble != null) {
            trouble = null;
            LOG.log(Level.INFO, "The search index is kept up again");
        }
    }

    /** Ends it for good. */
    synchronized void close() {
        isClosed = true;
        attempt(SearchIndex::close);
        index = null;
    }

    /** Ends it although a step is under way; what that adds is added again at the next start. */
    void abandon() {
        isClosed = true;
        SearchIndex open = index;
        if (open != null) {
            try {
                open.abandon();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "The search index cannot be closed", e);
            }
        }
    }
}
