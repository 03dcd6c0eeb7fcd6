package dev.observatory.store;

import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.KeptLine;
import dev.observatory.conversation.LineMark;
import dev.observatory.conversation.LineOrder;
import dev.observatory.conversation.NaiveUsage;
import dev.observatory.conversation.ReadTurn;
import dev.observatory.conversation.UsageQuery;
import dev.observatory.conversation.UsageTotal;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The contract in the fewest words, in memory. Its files have one root. */
final class NaiveStore implements ConversationStore {

    private record Line(String path, KeptLine line) {}

    private final TreeMap<String, FilePlace> places = new TreeMap<>();
    private final TreeMap<String, ConversationUpdate> conversations = new TreeMap<>();
    private final TreeMap<String, ProjectUpdate> projects = new TreeMap<>();
    private final NaiveUsage usage = new NaiveUsage();
    private final Set<String> known = new HashSet<>();
    private final List<Line> lines = new ArrayList<>();

    @Override
    public void keep(ReadTurn turn) {
        if (turn.place() != null) {
            places.put(turn.place().path(), turn.place());
        }
        for (KeptLine line : turn.lines()) {
            if (known.add(turn.place().path() + "/" + Samples.shown(line))) {
                lines.add(new Line(turn.place().path(), line));
            }
        }
        turn.conversations()
                .forEach(next -> conversations.merge(next.id(), next, (a, b) -> b.version() >= a.version() ? b : a));
        turn.projects().forEach(next -> projects.merge(next.id(), next, (a, b) -> b.version() >= a.version() ? b : a));
        turn.removedProjects().forEach(projects::remove);
        usage.replace(turn.usage());
    }

    @Override
    public void check() {
        // it is never away
    }

    @Override
    public void forget(Collection<String> conversationIds, List<ProjectUpdate> states) {
        Set<String> gone = new HashSet<>();
        places.values().stream()
                .filter(place -> conversationIds.contains(place.conversationId()))
                .forEach(place -> gone.add(place.path()));
        lines.removeIf(line -> gone.contains(line.path()));
        known.removeIf(line -> gone.stream().anyMatch(path -> line.startsWith(path + "/")));
        places.keySet().removeAll(gone);
        conversations.keySet().removeAll(conversationIds);
        conversationIds.forEach(id -> usage.replace(Map.of(id, List.of())));
        keep(new ReadTurn(null, List.of(), List.of(), states, List.of(), Map.of()));
    }

    @Override
    public boolean purge() {
        return false;
    }

    @Override
    public List<FilePlace> places() {
        return List.copyOf(places.values());
    }

    @Override
    public List<ConversationUpdate> conversations() {
        return List.copyOf(conversations.values());
    }

    @Override
    public List<ProjectUpdate> projects() {
        return List.copyOf(projects.values());
    }

    @Override
    public List<UsageTotal> usage(UsageQuery query) {
        return usage.totals(query, conversations);
    }

    @Override
    public List<FilePlace> files(String conversationId) {
        return places.values().stream()
                .filter(place -> conversationId.equals(place.conversationId()))
                .toList();
    }

    @Override
    public void lines(Collection<FilePlace> files, LineOrder order, LineMark behind, Predicate<PlacedLine> reader) {
        List<PlacedLine> all = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            FilePlace place = places.get(lines.get(i).path());
            if (files.contains(place)) {
                all.add(new PlacedLine(place, lines.get(i).line(), new LineMark(i, 0)));
            }
        }
        if (order == LineOrder.NEWEST_FIRST) {
            Collections.reverse(all);
        }
        int sign = order == LineOrder.NEWEST_FIRST ? -1 : 1;
        all.stream()
                .filter(line -> behind == null || line.mark().compareTo(behind) * sign > 0)
                .allMatch(reader);
    }
}
