package dev.observatory.conversation;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What hooks have reported of conversations that are not known yet: a session's first hooks come before its file. Confined
 * to the watch thread.
 */
final class HeldReports {

    private static final Logger LOG = System.getLogger(HeldReports.class.getName());

    /** How long the last report of a conversation is held. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Of how many conversations. */
    static final int MAX = 1000;

    /** @param last when the last report came */
    record Held(ReportedState state, Instant last) {}

    /** Least recently reported first. */
    private final Map<String, Held> held = new LinkedHashMap<>();

    private long forgotten;

    void take(HookEvent event) {
        Held before = held.remove(event.conversationId());
        ReportedState state = before == null ? new ReportedState() : before.state();
        state.take(event, null);
        held.put(event.conversationId(), new Held(state, event.at()));
        if (held.size() > MAX) {
            Map.Entry<String, Held> oldest = held.entrySet().iterator().next();
            LOG.log(
                    Level.WARNING,
                    "Hooks report more than {0} unknown conversations; what they said of {1} is forgotten",
                    MAX,
                    oldest.getKey());
            forget(oldest.getKey());
        }
    }

    /** Gives out what was reported of a conversation that is known now; null if nothing was. */
    Held release(String conversationId) {
        return held.remove(conversationId);
    }

    /** Forgets what nobody has claimed in time. */
    void expire(Instant now) {
        Iterator<Map.Entry<String, Held>> oldest = held.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<String, Held> next = oldest.next();
            if (next.getValue().last().plus(PATIENCE).isAfter(now)) {
                return;
            }
            LOG.log(Level.DEBUG, "Hooks reported {0}, of which no file was seen", next.getKey());
            oldest.remove();
            forgotten++;
        }
    }

    private void forget(String conversationId) {
        held.remove(conversationId);
        forgotten++;
    }

    int size() {
        return held.size();
    }

    /** How many conversations' reports were forgotten. */
    long forgotten() {
        return forgotten;
    }
}
