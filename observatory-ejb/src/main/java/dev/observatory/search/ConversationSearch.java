package dev.observatory.search;

import dev.observatory.conversation.Forgotten;
import dev.observatory.conversation.KeptSegments;
import dev.observatory.conversation.StoreUnavailableException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.AlreadyClosedException;
import org.eclipse.microprofile.config.Config;

/**
 * Finds words in everything that was kept, a second or two after it was. The index is kept up by a thread of its own
 * from the application's start to its end, which the timer supervises.
 *
 * <p>Thread-safe; the container calls it, and anybody may search.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ConversationSearch {

    @Inject
    private KeptSegments segments;

    @Inject
    private Config config;

    @Resource
    private ManagedThreadFactory threads;

    private Following following;
    private Follower follower;
    private IndexSearch search;

    @PostConstruct
    void start() {
        SearchConfig settings = SearchConfig.of(config);
        Analyzer analyzer = new TranscriptAnalyzer();
        following = new Following(segments, settings, analyzer);
        search = new IndexSearch(segments, analyzer, settings.maxCharacters());
        follower = new Follower(following, threads);
        follower.supervise();
    }

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    void supervise() {
        follower.supervise();
    }

    @PreDestroy
    void stop() {
        follower.stop();
    }

    /**
     * A page of what is found.
     *
     * @throws InvalidQueryException when the text has nothing to look for
     * @throws SearchUnavailableException when nothing can be searched now
     */
    public SearchPage search(SearchRequest request) {
        SearchIndex index = following.index();
        try {
            // asked before there is a searcher: what is kept now is found, or the page says that something is missing
            long behind = following.behind();
            IndexSearcher searcher = index.acquire();
            try {
                return search.search(searcher, request, behind);
            } finally {
                index.release(searcher);
            }
        } catch (StoreUnavailableException e) {
            throw new SearchUnavailableException("the store is not available now", e);
        } catch (AlreadyClosedException e) {
            throw Following.unavailable(e);
        } catch (IOException e) {
            following.breaks(e);
            throw Following.unavailable(e);
        }
    }

    /** What the store has forgotten is found no more, a second or two later. */
    public void forgotten(@Observes Forgotten gone) {
        following.forget(gone.conversationIds());
    }
}
