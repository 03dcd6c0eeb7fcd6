package dev.observatory.conversation;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * When which conversation has to be looked at again. Confined to the watch thread.
 *
 * <p>A queue instead of a look at all of them, of which there may be many thousands. A deadline is only ever brought
 * forward; one that has come too early does no harm, because whoever looks sets the next.
 */
final class Deadlines {

    private record Deadline(Instant at, Dossier conversation) {}

    private final PriorityQueue<Deadline> queue = new PriorityQueue<>(Comparator.comparing(Deadline::at));

    /** @param at null for never */
    void set(Dossier conversation, Instant at) {
        Instant current = conversation.deadline;
        if (at != null && (current == null || at.isBefore(current))) {
            conversation.deadline = at;
            queue.add(new Deadline(at, conversation));
        }
    }

    /** Whatever was set for a conversation never comes. */
    void drop(Dossier conversation) {
        conversation.deadline = null;
    }

    /** Takes out the next conversation whose deadline has come; null when there is none. */
    Dossier poll(Instant now) {
        while (!queue.isEmpty() && !queue.peek().at().isAfter(now)) {
            Deadline deadline = queue.remove();
            // an entry that is not the conversation's deadline was overtaken by an earlier one
            if (deadline.at().equals(deadline.conversation().deadline)) {
                deadline.conversation().deadline = null;
                return deadline.conversation();
            }
        }
        return null;
    }
}
