package dev.observatory.watch;

import dev.observatory.config.Settings;
import dev.observatory.conversation.Accounting;
import dev.observatory.conversation.ConversationCatalog;
import dev.observatory.conversation.ConversationConfig;
import dev.observatory.conversation.ConversationFeed;
import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.Forgotten;
import dev.observatory.conversation.HookEvent;
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
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
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
@DependsOn("JournalLifecycle")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class TranscriptWatcher {

    @Inject
    private Event<Draft> drafts;

    @Inject
    private Event<Forgotten> forgotten;

    @Inject
    private ConversationCatalog catalog;

    @Inject
    private ConversationStore store;

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
        ConversationFeed feed = new ConversationFeed(
                drafts::fire, forgotten::fire, catalog, clock, conversations(), accounting(), store, redactor);
        if (new Settings(config).flag("observatory.demo")) {
            demo = DemoReplay.start(threads, clock);
            watched = watched.withRoots(List.of(demo.root()));
        }
        watch = new Watch(watched, new ConversationSink(feed), drafts::fire, threads, clock);
        watch.supervise();
    }

    private ConversationConfig conversations() {
        Settings settings = new Settings(config);
        return new ConversationConfig(
                settings.value("observatory.conversation.waiting-after", Duration.class),
                settings.value("observatory.conversation.ended-after", Duration.class),
                settings.value("observatory.conversation.excerpt-characters", Integer.class),
                settings.value("observatory.conversation.max-awake", Integer.class));
    }

    private Accounting accounting() {
        String zone = new Settings(config)
                .value("observatory.usage.zone", String.class)
                .strip();
        try {
            return new Accounting(prices(), zone.equals("system") ? ZoneId.systemDefault() : ZoneId.of(zone));
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    "observatory.usage.zone is '" + zone
                            + "', but has to be \"system\" or a time zone such as Europe/Berlin",
                    unknown);
        }
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

    /**
     * Lets the reading thread know what a hook has told; it is told on within milliseconds.
     *
     * @return false if that thread does not come to it, and so the event is lost
     */
    public boolean report(HookEvent event) {
        return watch.report(event);
    }

    /** How the watching goes. */
    public WatchStatus status() {
        return watch.status();
    }
}
