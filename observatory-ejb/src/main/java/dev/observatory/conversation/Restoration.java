package dev.observatory.conversation;

import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings back from the store what was known before. Confined to the watch thread. */
final class Restoration {

    private final ConversationStore store;
    private final Conversations conversations;
    private final Announcer announcer;
    private final Clock clock;

    Restoration(ConversationStore store, Conversations conversations, Announcer announcer, Clock clock) {
        this.store = store;
        this.conversations = conversations;
        this.announcer = announcer;
        this.clock = clock;
    }

    /**
     * Brings back projects, conversations and files.
     *
     * @return where reading of every file was left
     * @throws StoreUnavailableException when it cannot be read now; then nothing has been brought back
     */
    List<FilePlace> run() {
        List<FilePlace> places;
        List<ProjectUpdate> projects;
        List<ConversationUpdate> kept;
        try {
            places = store.places();
            projects = store.projects();
            kept = store.conversations();
        } catch (StoreUnavailableException away) {
            throw away;
        } catch (RuntimeException unreadable) {
            // to begin anew without it would number and count everything a second time
            throw new StoreUnavailableException("What was kept cannot be read: " + unreadable, unreadable);
        }
        Map<String, Instant> modified = new HashMap<>();
        places.forEach(place -> modified.merge(
                place.conversationId(), place.modified(), (one, other) -> one.isAfter(other) ? one : other));
        projects.forEach(announcer::restore);
        for (ConversationUpdate update : kept) {
            announcer.restore(conversations.restore(update, quietSince(update, modified.get(update.id()))));
        }
        places.forEach(conversations::restore);
        return places;
    }

    /** What came live happened when its file was changed, as nearly as anybody knows after a restart. */
    private Instant quietSince(ConversationUpdate kept, Instant modified) {
        if (kept.state() == ConversationState.ENDED || modified == null) {
            return Instant.EPOCH;
        }
        Instant now = clock.instant();
        return modified.isAfter(now) ? now : modified;
    }
}
