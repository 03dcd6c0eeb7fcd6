package dev.observatory.rest;

import dev.observatory.audit.AuditLine;
import dev.observatory.hub.ConnectionManager;
import dev.observatory.journal.Journal;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.ClientErrorException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/** Broadcasts what comes from outside, each thing once. Thread-safe. */
@ApplicationScoped
public class Publisher {

    @Inject
    ConnectionManager manager;

    @Inject
    Journal journal;

    @Inject
    Config config;

    private BroadcastLimits limits;
    private ChannelLimit channels;
    private RecentAnswers<Published> answers;

    @PostConstruct
    void start() {
        limits = BroadcastLimits.from(config);
        channels = new ChannelLimit(journal, limits.maxChannels());
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
     * @throws ClientErrorException when a key was used for something else, 409; then nothing is broadcast
     * @throws InvalidParameterException when there are too many channels, 409; then nothing is broadcast either
     */
    List<Published> publish(String user, List<Publication> publications) {
        Map<String, String> used = new HashMap<>();
        for (Publication publication : publications) {
            String fingerprint = publication.fingerprint();
            if (publication.idempotencyKey() != null
                    && (answers.isTaken(key(user, publication), fingerprint)
                            || !fingerprint.equals(
                                    used.computeIfAbsent(publication.idempotencyKey(), key -> fingerprint)))) {
                throw RecentAnswers.taken();
            }
        }
        channels.admit(publications.stream()
                .map(publication -> publication.draft().channel())
                .collect(Collectors.toSet()));
        return publications.stream()
                .map(publication -> publication.idempotencyKey() == null
                        ? publishOne(user, publication)
                        : answers.firstOr(
                                key(user, publication), publication.fingerprint(), () -> publishOne(user, publication)))
                .toList();
    }

    private static String key(String user, Publication publication) {
        return user + '\n' + publication.idempotencyKey();
    }

    private Published publishOne(String user, Publication publication) {
        Published published = Published.of(manager.publish(publication.draft()));
        AuditLine.of("published")
                .with("by", user)
                .with("type", publication.draft().type())
                .with("channel", published.channel())
                .with("seq", published.seq())
                .with("pos", published.pos())
                .log();
        return published;
    }
}
