package dev.observatory.snapshot;

import dev.observatory.conversation.ConversationCatalog;
import dev.observatory.hub.ProjectLookup;
import dev.observatory.message.ConversationUpdate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Looks up projects in the catalog. */
@ApplicationScoped
public class CatalogProjects implements ProjectLookup {

    @Inject
    ConversationCatalog catalog;

    @Override
    public Optional<String> projectOf(String conversationId) {
        return catalog.conversation(conversationId).map(ConversationUpdate::projectId);
    }
}
