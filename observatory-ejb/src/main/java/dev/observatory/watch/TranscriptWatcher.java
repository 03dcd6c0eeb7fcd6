package dev.observatory.watch;

import dev.observatory.config.Settings;
import dev.observatory.conversation.ConversationCatalog;
import dev.observatory.conversation.ConversationConfig;
import dev.observatory.conversation.ConversationFeed;
import dev.observatory.demo.DemoReplay;
import dev.observatory.message.Draft;
import dev.observatory.pricing.PriceTable;
import dev.observatory.redaction.RedactionConfig;
import dev.observatory.redaction.Redactor;
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
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/**
 * Watches the transcripts from the application's start to its end. Its timer supervises: a timer of the container
 * cannot be finer than a second, so what has to be fast is done by the threads it keeps alive.
 *
 * <p>Thread-safe; the container calls it, and anybody may ask for the {@link #status}.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class TranscriptWatcher {

    @Inject
    private Event<Draft> drafts;

    @Inject
    private ConversationCatalog catalog;

    @Inject
    private Config config;

    @Resource
    private ManagedThreadFactory threads;

    /** Null unless synthetic sessions are replayed. */
    private DemoReplay demo;

    private Watch watch;

    @PostConstruct
    void start() {
        Clock clock = Clock.systemUTC();
        WatchConfig watched = WatchConfig.of(config);
        Redactor redactor = Redactor.of(RedactionConfig.of(config));
        ConversationFeed feed = new ConversationFeed(drafts::fire, catalog, clock, conversations(), prices(), redactor);
        if (new Settings(config).value("observatory.demo", Boolean.class)) {
            demo = DemoReplay.start(threads, clock);
            watched = watched.withRoots(List.of(demo.root()));
        }
        watch = new Watch(watched, new ConversationSink(feed), drafts::fire, threads, clock);
        watch.supervise();
    }

    private ConversationConfig conversations() {
        return new ConversationConfig(
                new Settings(config).value("observatory.conversation.waiting-after", Duration.class),
                new Settings(config).value("observatory.conversation.ended-after", Duration.class),
                new Settings(config).value("observatory.conversation.excerpt-characters", Integer.class));
    }

    private PriceTable prices() {
        String file = new Settings(config)
                .value("observatory.pricing.file", String.class)
                .strip();
        PriceTable builtIn = PriceTable.builtIn();
        return file.equals("none")
                ? builtIn
                : builtIn.overriddenBy(WatchConfig.root(file, System.getProperty("user.home")));
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void supervise() {
        watch.supervise();
    }

    @PreDestroy
    void stop() {
        watch.stop();
        if (demo != null) {
            demo.close();
        }
    }

    /** How the watching goes. */
    public WatchStatus status() {
        return watch.status();
    }
}
