package dev.observatory.snapshot;

import dev.observatory.auth.token.Identity;
import dev.observatory.config.Settings;
import dev.observatory.conversation.ConversationCatalog;
import dev.observatory.hub.SnapshotSource;
import dev.observatory.message.Channel;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/**
 * The state behind the channels of conversations and projects. A single conversation comes with its newest records, a
 * list of them without. Lists show the newest and say how many they leave out.
 */
@ApplicationScoped
public class ConversationSnapshots implements SnapshotSource {

    private static final Logger LOG = System.getLogger(ConversationSnapshots.class.getName());

    private static final String MAX_ITEMS = "observatory.snapshot.max-items";

    @Inject
    ConversationCatalog catalog;

    @Inject
    Config config;

    private int maxItems;

    @PostConstruct
    void start() {
        maxItems = new Settings(config).value(MAX_ITEMS, Integer.class);
        if (maxItems <= 0) {
            throw new IllegalArgumentException(MAX_ITEMS + " is " + maxItems + ", but has to be above zero");
        }
    }

    /** Being called reads the setting with the application's start, so that a wrong one stops the deployment. */
    void deployed(@Observes @Initialized(ApplicationScoped.class) Object application) {
        LOG.log(Level.DEBUG, "snapshots show {0} items at most", maxItems);
    }

    @Override
    public Optional<State> state(Channel channel, Identity reader) {
        return switch (channel.kind()) {
            case ALL_CONVERSATIONS ->
                Optional.of(newest(visible(catalog.conversations(), ConversationUpdate::projectId, reader)));
            case PROJECT_CONVERSATIONS -> Optional.of(newest(catalog.conversationsOf(channel.id())));
            case PROJECT_UPDATES -> Optional.of(newest(visible(catalog.projects(), ProjectUpdate::id, reader)));
            case CONVERSATION ->
                Optional.of(single(catalog.conversation(channel.id()).map(this::withRecords)));
            case PROJECT -> Optional.of(single(catalog.project(channel.id())));
            default -> Optional.empty();
        };
    }

    /** Who may not see every project does not see what belongs to none, either. */
    private static <T> List<T> visible(List<T> all, Function<T, String> project, Identity reader) {
        return reader.maySeeEveryProject()
                ? all
                : all.stream()
                        .filter(one -> project.apply(one) != null && reader.maySeeProject(project.apply(one)))
                        .toList();
    }

    private ConversationUpdate withRecords(ConversationUpdate conversation) {
        return conversation.withRecords(catalog.recentRecords(conversation.id()));
    }

    private State newest(List<?> items) {
        int shown = Math.min(items.size(), maxItems);
        return new State(items.subList(0, shown), items.size() - shown);
    }

    private static State single(Optional<?> item) {
        return new State(item.<List<?>>map(List::of).orElse(List.of()), 0);
    }
}
