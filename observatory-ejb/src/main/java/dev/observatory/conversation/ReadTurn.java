package dev.observatory.conversation;

import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ProjectUpdate;
import java.util.List;

/**
 * What a turn of reading one file brought.
 *
 * @param place how far the file is read now; null when only time has passed and states have changed
 * @param lines those that were new, in the file's order
 * @param conversations new states
 * @param projects new states
 * @param removedProjects the ids of projects that are no more
 */
public record ReadTurn(
        FilePlace place,
        List<KeptLine> lines,
        List<ConversationUpdate> conversations,
        List<ProjectUpdate> projects,
        List<String> removedProjects) {

    public ReadTurn {
        lines = List.copyOf(lines);
        conversations = List.copyOf(conversations);
        projects = List.copyOf(projects);
        removedProjects = List.copyOf(removedProjects);
    }
}
