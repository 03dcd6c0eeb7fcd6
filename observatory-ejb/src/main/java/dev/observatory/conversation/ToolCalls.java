package dev.observatory.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The tool calls of a conversation, its agents' included. Confined to the watch thread. */
final class ToolCalls {

    private final KeySet ids = new KeySet();

    /** When the calls without a result were made; null for those whose record shows no time. */
    private final Map<String, Instant> open = new HashMap<>();

    private Duration timeSpent = Duration.ZERO;

    /** How many different calls there were. */
    int count() {
        return ids.size();
    }

    /** The durations of all answered calls together; calls that ran side by side count each. */
    Duration timeSpent() {
        return timeSpent;
    }

    /**
     * A call, maybe told again.
     *
     * @param id null where the record gives none; all such calls count as one
     * @return whether it is new
     */
    boolean call(String id, Instant at) {
        boolean fresh = ids.add(Key.ofNames(id)) >= 0;
        if (fresh) {
            open.put(id, at);
        }
        return fresh;
    }

    /** The result of a call. Times run backwards at places: no call takes less than no time. */
    void result(String id, Instant at) {
        Instant since = open.remove(id);
        if (since != null && at != null && at.isAfter(since)) {
            timeSpent = timeSpent.plus(Duration.between(since, at));
        }
    }
}
