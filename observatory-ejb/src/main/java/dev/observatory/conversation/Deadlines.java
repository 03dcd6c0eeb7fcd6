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

    private record Deadline(Instant at, Conversation conversation) {}

    private final PriorityQueue<Deadline> queue = new PriorityQueue<>(Comparator.comparing(Deadline::at));

    /** @param at null for never */
    void set(Conversation conversation, Instant at) {
        Instant current = conversation.announcement().deadline;
        if (at != null && (current == null || at.isBefore(current))) {
            conversation.announcement().deadline = at;
            queue.add(new Deadline(at, conversation));
        }
    }

    /** Takes out the next conversation whose deadline has come; null when there is none. */
    Conversation poll(Instant now) {
        while (!queue.isEmpty() && !queue.peek().at().isAfter(now)) {
            Deadline deadline = queue.remove();
            Announcement announcement = deadline.conversation().announcement();
            // an entry that is not the conversation's deadline was overtaken by an earlier one
            if (deadline.at().equals(announcement.deadline)) {
                announcement.deadline = null;
                return deadline.conversation();
            }
        }
        return null;
    }
}
