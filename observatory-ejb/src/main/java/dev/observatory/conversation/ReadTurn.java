package dev.observatory.conversation;

import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import java.util.List;
import java.util.Map;

/**
 * What a turn of reading one file brought.
 *
 * @param place how far the file is read now; null when only time has passed and states have changed
 * @param lines those that were new, in the file's order
 * @param conversations new states
 * @param projects new states
 * @param removedProjects the ids of projects that are no more
 * @param usage by ids of conversations, all that each has used so far; it replaces what was kept of it
 */
public record ReadTurn(
        FilePlace place,
        List<KeptLine> lines,
        List<ConversationUpdate> conversations,
        List<ProjectUpdate> projects,
        List<String> removedProjects,
        Map<String, List<Usage>> usage) {

    public ReadTurn {
        lines = List.copyOf(lines);
        conversations = List.copyOf(conversations);
        projects = List.copyOf(projects);
        removedProjects = List.copyOf(removedProjects);
        usage = Map.copyOf(usage);
    }
}
