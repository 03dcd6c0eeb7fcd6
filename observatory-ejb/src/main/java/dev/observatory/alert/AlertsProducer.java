package dev.observatory.alert;

import dev.observatory.config.Settings;
import dev.observatory.message.Draft;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;

/** Lets alerts be told by the CDI event. */
@ApplicationScoped
public class AlertsProducer {

    @Inject
    Event<Draft> drafts;

    @Inject
    AlertStore store;

    @Inject
    Config config;

    @Produces
    @Singleton
    Alerts alerts() {
        int maxOpen = new Settings(config).positiveNumber("observatory.alerts.max-open");
        return new Alerts(drafts::fire, store, maxOpen, Clock.systemUTC());
    }
}
