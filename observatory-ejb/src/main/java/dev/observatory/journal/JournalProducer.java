package dev.observatory.journal;

import dev.observatory.config.Settings;
import dev.observatory.message.Draft;
import dev.observatory.message.Message;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/** Puts the journal between the two CDI events: what is fired as a draft comes out as a message. */
@ApplicationScoped
public class JournalProducer {

    @Inject
    Event<Message> messages;

    @Inject
    Config config;

    @Produces
    @Singleton
    JsonEncoder encoder() {
        return new JsonEncoder();
    }

    @Produces
    @Singleton
    Journal journal(JsonEncoder encoder) {
        Settings settings = new Settings(config);
        return new RingJournal(
                encoder,
                messages::fire,
                Clock.systemUTC(),
                settings.value("observatory.journal.max-bytes", Long.class),
                settings.value("observatory.journal.max-age", Duration.class));
    }

    void onDraft(@Observes Draft draft, Journal journal) {
        journal.append(draft);
    }
}
