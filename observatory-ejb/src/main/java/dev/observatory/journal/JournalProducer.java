package dev.observatory.journal;

import dev.observatory.message.Draft;
import dev.observatory.message.Message;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;

/** Puts the journal between the two CDI events: what is fired as a draft comes out as a message. */
@ApplicationScoped
public class JournalProducer {

    private static final Logger LOG = System.getLogger(JournalProducer.class.getName());

    @Inject
    Event<Message> messages;

    @Inject
    JournalStore store;

    @Inject
    JsonEncoder encoder;

    @Inject
    Config config;

    @Resource
    ManagedThreadFactory threads;

    private StoredJournal stored;

    @PostConstruct
    void start() {
        stored =
                new StoredJournal(encoder, messages::fire, Clock.systemUTC(), JournalConfig.of(config), store, threads);
    }

    /** Without this object, which needs one itself. */
    @Produces
    @Singleton
    static JsonEncoder encoder() {
        return new JsonEncoder();
    }

    @Produces
    @Singleton
    Journal journal() {
        return stored.journal();
    }

    void onDraft(@Observes Draft draft) {
        try {
            stored.journal().append(draft);
        } catch (JournalClosedException end) {
            LOG.log(Level.DEBUG, "the application ends; a draft of type {0} is told to nobody", draft.type());
        }
    }

    /** How the writing behind goes. */
    public JournalStatus status() {
        return stored.status();
    }

    /** Ends the journal in order. Drafts that are fired after that are told to nobody. */
    public void close() {
        stored.close();
    }
}
