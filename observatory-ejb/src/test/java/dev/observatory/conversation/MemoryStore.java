package dev.observatory.conversation;

import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A store that outlives the feeds of a test, but not the test. It can be away, and it refuses what no feed may do: to
 * keep a line twice, or a version that does not rise. Thread-safe.
 */
public final class MemoryStore implements ConversationStore {

    private record Entry(int number, String file, KeptLine line) {}

    /** What no two lines may have in common. */
    private record Identity(String file, long position, long skippedBytes, ByteBuffer text) {}

    private final Set<Identity> identities = new HashSet<>();
    private final Map<String, FilePlace> places = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, ConversationUpdate> conversations = new LinkedHashMap<>();
    private final Map<String, ProjectUpdate> projects = new LinkedHashMap<>();

    /** The turn whose answer was lost: it may come again. */
    private ReadTurn unanswered;

    private final NaiveUsage usage = new NaiveUsage();

    private int number;
    private int unpurged;
    private boolean away;
    private boolean losesAnswers;
    private int asked;

    /** From now on it cannot be reached. */
    public synchronized void leave() {
        away = true;
    }

    /** From now on it keeps what it is given, but nobody hears of that. */
    public synchronized void loseAnswers() {
        losesAnswers = true;
    }

    public synchronized void comeBack() {
        away = false;
        losesAnswers = false;
    }

    /** How often it was asked for something. */
    public synchronized int asked() {
        return asked;
    }

    /** How many lines it has. */
    public synchronized int lineCount() {
        return entries.size();
    }

    private void ask() {
        asked++;
        if (away) {
            throw new StoreUnavailableException("on purpose", null);
        }
    }

    @Override
    public synchronized void keep(ReadTurn turn) {
        ask();
        if (turn != unanswered) {
            enter(turn);
        }
        unanswered = null;
        if (losesAnswers) {
            unanswered = turn;
            throw new StoreUnavailableException("the answer is lost", null);
        }
    }

    @Override
    public synchronized void forget(Collection<String> conversationIds, List<ProjectUpdate> states) {
        ask();
        places.entrySet().removeIf(place -> {
            boolean gone = conversationIds.contains(place.getValue().conversationId());
            if (gone) {
                unpurged++;
                entries.removeIf(entry -> entry.file().equals(place.getKey()));
                identities.removeIf(identity -> identity.file().equals(place.getKey()));
            }
            return gone;
        });
        conversations.keySet().removeAll(conversationIds);
        conversationIds.forEach(id -> usage.replace(Map.of(id, List.of())));
        states.forEach(state -> projects.put(state.id(), state));
    }

    @Override
    public synchronized boolean purge() {
        ask();
        unpurged = Math.max(0, unpurged - 1);
        return unpurged > 0;
    }

    /** How many files still have to be purged. */
    public synchronized int unpurged() {
        return unpurged;
    }

    private void enter(ReadTurn turn) {
        if (turn.place() != null) {
            String file = turn.place().root() + "/" + turn.place().path();
            places.put(file, turn.place());
            turn.lines().forEach(line -> enter(file, line));
        } else if (!turn.lines().isEmpty()) {
            throw new IllegalStateException("lines without a place");
        }
        for (ConversationUpdate state : turn.conversations()) {
            ConversationUpdate before = conversations.put(state.id(), state);
            requireRising(before == null ? 0 : before.version(), state.version(), state.id());
        }
        for (ProjectUpdate state : turn.projects()) {
            ProjectUpdate before = projects.put(state.id(), state);
            requireRising(before == null ? 0 : before.version(), state.version(), state.id());
        }
        turn.removedProjects().forEach(projects::remove);
        usage.replace(turn.usage());
    }

    private void enter(String file, KeptLine line) {
        if (!identities.add(new Identity(file, line.position(), line.skippedBytes(), ByteBuffer.wrap(line.text())))) {
            throw new IllegalStateException("line " + line.position() + " of " + file + " comes twice");
        }
        entries.add(new Entry(++number, file, line));
    }

    private static void requireRising(long before, long version, String id) {
        if (version <= before) {
            throw new IllegalStateException("version " + version + " of " + id + " comes after " + before);
        }
    }

    @Override
    public synchronized void check() {
        ask();
    }

    @Override
    public synchronized List<FilePlace> places() {
        ask();
        return List.copyOf(places.values());
    }

    /** All that a conversation has used. */
    public synchronized List<Usage> usageOf(String conversationId) {
        return usage.of(conversationId);
    }

    @Override
    public synchronized List<UsageTotal> usage(UsageQuery query) {
        ask();
        return usage.totals(query, conversations);
    }

    @Override
    public synchronized List<FilePlace> files(String conversationId) {
        ask();
        return places.values().stream()
                .filter(place -> conversationId.equals(place.conversationId()))
                .toList();
    }

    @Override
    public synchronized List<ConversationUpdate> conversations() {
        ask();
        return List.copyOf(conversations.values());
    }

    @Override
    public synchronized List<ProjectUpdate> projects() {
        ask();
        return List.copyOf(projects.values());
    }

    @Override
    public synchronized void lines(
            Collection<FilePlace> files, LineOrder order, LineMark behind, Predicate<PlacedLine> reader) {
        ask();
        List<PlacedLine> shown = new ArrayList<>();
        for (Entry entry : entries) {
            FilePlace place = places.get(entry.file());
            if (files.contains(place)) {
                shown.add(new PlacedLine(place, entry.line(), new LineMark(entry.number(), 0)));
            }
        }
        if (order == LineOrder.NEWEST_FIRST) {
            Collections.reverse(shown);
        }
        int sign = order == LineOrder.NEWEST_FIRST ? -1 : 1;
        shown.stream()
                .filter(line -> behind == null || line.mark().compareTo(behind) * sign > 0)
                .allMatch(reader);
    }
}
