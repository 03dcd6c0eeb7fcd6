package dev.observatory.journal;

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
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the journal between the two CDI events: what is fired as a draft comes out as a message. */
@ApplicationScoped
public class JournalProducer {

    @Inject
    Event<Message> messages;

    @Inject
    @ConfigProperty(name = "observatory.journal.max-bytes")
    long maxBytes;

    @Inject
    @ConfigProperty(name = "observatory.journal.max-age")
    Duration maxAge;

    @Produces
    @Singleton
    JsonEncoder encoder() {
        return new JsonEncoder();
    }

    @Produces
    @Singleton
    Journal journal(JsonEncoder encoder) {
        return new RingJournal(encoder, messages::fire, Clock.systemUTC(), maxBytes, maxAge);
    }

    void onDraft(@Observes Draft draft, Journal journal) {
        journal.append(draft);
    }
}
