package dev.observatory.conversation;

import dev.observatory.message.RecordExcerpt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The excerpts of a conversation: those still to be told, and the last ones that were. Confined to the watch thread.
 */
final class ExcerptLog {

    /** How many told excerpts are kept. */
    static final int RECENT = 50;

    private final Deque<RecordExcerpt> pending = new ArrayDeque<>(0);
    private final Deque<RecordExcerpt> recent = new ArrayDeque<>(0);

    void add(RecordExcerpt excerpt) {
        pending.add(excerpt);
    }

    /** Takes out the next ones to be told, in their order; from now on they count as told. */
    List<RecordExcerpt> next(int atMost) {
        List<RecordExcerpt> next = new ArrayList<>(Math.min(atMost, pending.size()));
        while (!pending.isEmpty() && next.size() < atMost) {
            next.add(tell());
        }
        return next;
    }

    /** Lets everything count as told. */
    void settle() {
        while (!pending.isEmpty()) {
            tell();
        }
    }

    private RecordExcerpt tell() {
        if (recent.size() == RECENT) {
            recent.remove();
        }
        RecordExcerpt excerpt = pending.remove();
        recent.add(excerpt);
        return excerpt;
    }

    /** The last ones told, oldest first. */
    List<RecordExcerpt> recent() {
        return List.copyOf(recent);
    }
}
