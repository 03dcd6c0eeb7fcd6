package dev.observatory.conversation;

import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import dev.observatory.message.RecordExcerpt;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest state of every conversation and project, for whoever asks. Thread-safe: written by the watch thread, read
 * by all.
 *
 * <p>Conversations come as updates without records; their change is the last one.
 */
@ApplicationScoped
public class ConversationCatalog {

    private record Entry(ConversationUpdate state, List<RecordExcerpt> recent) {}

    private static final Comparator<Instant> NEWEST_FIRST = Comparator.nullsLast(Comparator.reverseOrder());

    private final Map<String, Entry> conversations = new ConcurrentHashMap<>();
    private final Map<String, ProjectUpdate> projects = new ConcurrentHashMap<>();

    public ConversationCatalog() {
        // a proxy of the container needs it
    }

    /** All conversations, newest activity first. */
    public List<ConversationUpdate> conversations() {
        return conversations.values().stream()
                .map(Entry::state)
                .sorted(Comparator.comparing(ConversationUpdate::updatedAt, NEWEST_FIRST)
                        .thenComparing(ConversationUpdate::id))
                .toList();
    }

    public Optional<ConversationUpdate> conversation(String id) {
        return Optional.ofNullable(conversations.get(id)).map(Entry::state);
    }

    /** The conversations of one project, newest activity first. */
    public List<ConversationUpdate> conversationsOf(String projectId) {
        return conversations().stream()
                .filter(conversation -> projectId.equals(conversation.projectId()))
                .toList();
    }

    /** The last {@value ExcerptLog#RECENT} records that were told, oldest first; empty for an unknown conversation. */
    public List<RecordExcerpt> recentRecords(String conversationId) {
        Entry entry = conversations.get(conversationId);
        return entry == null ? List.of() : entry.recent();
    }

    /** All projects, newest activity first. */
    public List<ProjectUpdate> projects() {
        return projects.values().stream()
                .sorted(Comparator.comparing(ProjectUpdate::lastActivity, NEWEST_FIRST)
                        .thenComparing(ProjectUpdate::id))
                .toList();
    }

    public Optional<ProjectUpdate> project(String id) {
        return Optional.ofNullable(projects.get(id));
    }

    // The writers are for this room alone, and yet public: a container's proxy may fail to pass on package-private
    // calls, which would then write into the proxy.

    /** For the watch thread alone. */
    public void put(ConversationUpdate state, List<RecordExcerpt> recent) {
        conversations.put(state.id(), new Entry(state, recent));
    }

    /** For the watch thread alone. */
    public void put(ProjectUpdate state) {
        projects.put(state.id(), state);
    }

    /** For the watch thread alone. */
    public void removeProject(String id) {
        projects.remove(id);
    }
}
