package dev.observatory.rest;

import dev.observatory.conversation.ConversationCatalog;
import dev.observatory.conversation.ConversationDetails;
import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import dev.observatory.message.RecordExcerpt;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The part of the {@link ConversationCatalog} that the caller may see. The rest does not exist here, so that nobody who
 * answers from it can tell of it. A conversation of which no project is known is for those who see all projects.
 *
 * <p>Confined to the request's thread.
 */
@RequestScoped
public class VisibleCatalog {

    private ConversationCatalog catalog;
    private Caller caller;

    /** What was decided of projects: there may be many patterns, and many conversations of one project. */
    private final Map<String, Boolean> decided = new HashMap<>();

    protected VisibleCatalog() {
        // a proxy of the container needs it
    }

    @Inject
    public VisibleCatalog(ConversationCatalog catalog, Caller caller) {
        this.catalog = catalog;
        this.caller = caller;
    }

    /** Whether this is all of the catalog. */
    public boolean isComplete() {
        return caller.maySeeEveryProject();
    }

    /** All conversations, newest activity first. */
    public List<ConversationUpdate> conversations() {
        List<ConversationUpdate> all = catalog.conversations();
        return isComplete() ? all : all.stream().filter(this::shows).toList();
    }

    public Optional<ConversationUpdate> conversation(String id) {
        return catalog.conversation(id).filter(this::shows);
    }

    /** The conversations of one project, newest activity first. */
    public List<ConversationUpdate> conversationsOf(String projectId) {
        return shows(projectId) ? catalog.conversationsOf(projectId) : List.of();
    }

    /**
     * The last records that were told, oldest first; empty for an unknown conversation.
     *
     * @throws StoreUnavailableException when they have to be read in the store and cannot be
     */
    public List<RecordExcerpt> recentRecords(String conversationId) {
        return conversation(conversationId).isPresent() ? catalog.recentRecords(conversationId) : List.of();
    }

    /**
     * The agents and tool calls of a conversation; none for an unknown one.
     *
     * @throws StoreUnavailableException when they cannot be read in the store
     */
    public ConversationDetails details(String conversationId) {
        return conversation(conversationId).isPresent() ? catalog.details(conversationId) : ConversationDetails.NONE;
    }

    /** All projects, newest activity first. */
    public List<ProjectUpdate> projects() {
        List<ProjectUpdate> all = catalog.projects();
        return isComplete()
                ? all
                : all.stream().filter(project -> shows(project.id())).toList();
    }

    public Optional<ProjectUpdate> project(String id) {
        return catalog.project(id).filter(project -> shows(project.id()));
    }

    /**
     * To which projects a search of what is not in the catalog has to be limited.
     *
     * @param wanted only this one; null for all
     * @return their ids; null when it need not be limited
     */
    public Set<String> projectIds(String wanted) {
        if (wanted != null) {
            return shows(wanted) ? Set.of(wanted) : Set.of();
        }
        return isComplete() ? null : projects().stream().map(ProjectUpdate::id).collect(Collectors.toSet());
    }

    /**
     * To which conversations a search of what is not in the catalog has to be limited.
     *
     * @param project only those of this one; null for all
     * @param wanted only this one; null for all
     * @return their ids; null when it need not be limited
     */
    public List<String> conversationIds(String project, String wanted) {
        if (project == null && isComplete()) {
            return wanted == null ? null : List.of(wanted);
        }
        return (project == null ? conversations() : conversationsOf(project))
                .stream()
                        .map(ConversationUpdate::id)
                        .filter(id -> wanted == null || wanted.equals(id))
                        .toList();
    }

    private boolean shows(ConversationUpdate conversation) {
        return shows(conversation.projectId());
    }

    /** @param projectId null when no project is known */
    private boolean shows(String projectId) {
        return isComplete() || projectId != null && decided.computeIfAbsent(projectId, caller::maySeeProject);
    }
}
