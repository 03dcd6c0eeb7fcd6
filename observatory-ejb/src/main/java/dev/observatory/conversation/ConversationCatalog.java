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
import java.util.function.Function;

/**
 * The newest state of every conversation and project, for whoever asks. Thread-safe: written by the watch thread, read
 * by all.
 *
 * <p>Conversations come as updates without records; their change is the last one.
 */
@ApplicationScoped
public class ConversationCatalog {

    /** @param recent null when only the store has them */
    private record Entry(ConversationUpdate state, List<RecordExcerpt> recent) {}

    private static final Comparator<Instant> NEWEST_FIRST = Comparator.nullsLast(Comparator.reverseOrder());

    private final Map<String, Entry> conversations = new ConcurrentHashMap<>();
    private final Map<String, ProjectUpdate> projects = new ConcurrentHashMap<>();

    /** Where the records of dormant conversations are found; set once, before there is any. */
    private volatile Function<String, List<RecordExcerpt>> keptRecords = conversationId -> List.of();

    /** Where details are found; set once. */
    private volatile Function<String, ConversationDetails> keptDetails = conversationId -> ConversationDetails.NONE;

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

    /**
     * The last {@value ExcerptLog#RECENT} records that were told, oldest first; empty for an unknown conversation. Those
     * of a conversation that has been quiet are read in the store, by the calling thread.
     *
     * @throws StoreUnavailableException when they have to be and cannot be
     */
    public List<RecordExcerpt> recentRecords(String conversationId) {
        Entry entry = conversations.get(conversationId);
        if (entry == null) {
            return List.of();
        }
        return entry.recent() == null ? keptRecords.apply(conversationId) : entry.recent();
    }

    /**
     * The agents and tool calls of a conversation; none for an unknown one. All of its lines are read in the store, by
     * the calling thread.
     *
     * @throws StoreUnavailableException when they cannot be
     */
    public ConversationDetails details(String conversationId) {
        return keptDetails.apply(conversationId);
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

    /** For the watch thread alone, before anything is put here. */
    public void readFrom(Function<String, List<RecordExcerpt>> records, Function<String, ConversationDetails> details) {
        keptRecords = records;
        keptDetails = details;
    }

    /**
     * For the watch thread alone.
     *
     * @param recent null when only the store has them
     */
    public void put(ConversationUpdate state, List<RecordExcerpt> recent) {
        conversations.put(state.id(), new Entry(state, recent));
    }

    /** For the watch thread alone. From now on only the store has them. */
    public void forgetRecords(String conversationId) {
        conversations.computeIfPresent(conversationId, (id, entry) -> new Entry(entry.state(), null));
    }

    /** For the watch thread alone. */
    public void put(ProjectUpdate state) {
        projects.put(state.id(), state);
    }

    /** For the watch thread alone. */
    public void remove(String conversationId) {
        conversations.remove(conversationId);
    }

    /** For the watch thread alone. */
    public void removeProject(String id) {
        projects.remove(id);
    }
}
