package dev.observatory.snapshot;

import dev.observatory.conversation.ConversationCatalog;
import dev.observatory.hub.SnapshotSource;
import dev.observatory.message.Channel;
import dev.observatory.message.ConversationUpdate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The state behind the channels of conversations and projects. A single conversation comes with its newest records, a
 * list of them without. Lists show the newest and say how many they leave out.
 */
@ApplicationScoped
public class ConversationSnapshots implements SnapshotSource {

    @Inject
    ConversationCatalog catalog;

    @Inject
    @ConfigProperty(name = "observatory.snapshot.max-items")
    int maxItems;

    @Override
    public Optional<State> state(Channel channel) {
        return switch (channel.kind()) {
            case ALL_CONVERSATIONS -> Optional.of(newest(catalog.conversations()));
            case PROJECT_CONVERSATIONS -> Optional.of(newest(catalog.conversationsOf(channel.id())));
            case PROJECT_UPDATES -> Optional.of(newest(catalog.projects()));
            case CONVERSATION ->
                Optional.of(single(catalog.conversation(channel.id()).map(this::withRecords)));
            case PROJECT -> Optional.of(single(catalog.project(channel.id())));
            default -> Optional.empty();
        };
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
