package dev.observatory.rest;

import dev.observatory.hub.ConnectionManager;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** Broadcasts what comes from outside, each thing once. Thread-safe. */
@ApplicationScoped
public class Publisher {

    @Inject
    ConnectionManager manager;

    @Inject
    Config config;

    private BroadcastLimits limits;
    private RecentAnswers<Published> answers;

    @PostConstruct
    void start() {
        limits = BroadcastLimits.from(config);
        answers = new RecentAnswers<>(limits.idempotency(), limits.idempotencyKeys(), System::nanoTime);
    }

    /** Being called starts it with the application, so that a wrong setting stops the deployment. */
    void deployed(@Observes @Initialized(ApplicationScoped.class) Object application) {}

    BroadcastLimits limits() {
        return limits;
    }

    /**
     * Broadcasts in order.
     *
     * @param user whose idempotency keys they are
     */
    List<Published> publish(String user, List<Publication> publications) {
        return publications.stream()
                .map(publication -> publication.idempotencyKey() == null
                        ? publish(publication)
                        : answers.firstOr(user + '\n' + publication.idempotencyKey(), () -> publish(publication)))
                .toList();
    }

    private Published publish(Publication publication) {
        return Published.of(manager.publish(publication.draft()));
    }
}
