package dev.observatory.store;

import dev.observatory.conversation.ConversationStore;
import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.KeptLine;
import dev.observatory.conversation.ReadTurn;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The contract in the fewest words, in memory. Its files have one root. */
final class NaiveStore implements ConversationStore {

    private record Line(String path, KeptLine line) {}

    private final TreeMap<String, FilePlace> places = new TreeMap<>();
    private final TreeMap<String, ConversationUpdate> conversations = new TreeMap<>();
    private final TreeMap<String, ProjectUpdate> projects = new TreeMap<>();
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
    public void lines(String conversationId, BiConsumer<FilePlace, KeptLine> reader) {
        for (FilePlace place : places.values()) {
            if (conversationId.equals(place.conversationId())) {
                lines.stream()
                        .filter(line -> line.path().equals(place.path()))
                        .forEach(line -> reader.accept(place, line.line()));
            }
        }
    }

    @Override
    public List<PlacedLine> lastLines(String conversationId, int atMost) {
        List<PlacedLine> all = lines.stream()
                .map(line -> new PlacedLine(places.get(line.path()), line.line()))
                .filter(line -> conversationId.equals(line.place().conversationId()))
                .toList();
        return all.subList(Math.max(0, all.size() - atMost), all.size());
    }
}
