package dev.observatory.system;

import dev.observatory.message.Draft;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Lets alerts be told by the CDI event. */
@ApplicationScoped
public class AlertsProducer {

    @Inject
    Event<Draft> drafts;

    @Produces
    @Singleton
    Alerts alerts() {
        return new Alerts(drafts::fire, Clock.systemUTC());
    }
}
