package dev.observatory.conversation;

import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a turn has led to: the states that the store is to keep, and what is to be made known once it has. Confined to
 * the watch thread.
 */
final class Bulletin {

    private final Map<String, ConversationUpdate> conversations = new LinkedHashMap<>();
    private final Map<String, ProjectUpdate> projects = new LinkedHashMap<>();
    private final Map<String, List<Usage>> usage = new LinkedHashMap<>();
    private final List<Runnable> steps = new ArrayList<>();

    /** Of the states of one thing the last counts. */
    void keep(ConversationUpdate state) {
        conversations.put(state.id(), state);
    }

    void keep(ProjectUpdate state) {
        projects.put(state.id(), state);
    }

    void keep(String conversationId, List<Usage> used) {
        usage.put(conversationId, used);
    }

    List<ProjectUpdate> projects() {
        return List.copyOf(projects.values());
    }

    /** Adds a step to be taken after all is kept. */
    void then(Runnable step) {
        steps.add(step);
    }

    boolean isEmpty() {
        return conversations.isEmpty() && projects.isEmpty();
    }

    List<Runnable> steps() {
        return steps;
    }

    /** @param place null when only time has passed */
    ReadTurn turn(FilePlace place, List<KeptLine> lines) {
        return new ReadTurn(
                place, lines, List.copyOf(conversations.values()), List.copyOf(projects.values()), List.of(), usage);
    }
}
