package dev.observatory.conversation;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** All projects. Confined to the watch thread. */
final class Projects {

    private final Map<String, Project> byId = new HashMap<>();

    /**
     * Lets a conversation count in the project it belongs to now. It moves when its first record with a working
     * directory replaces the guess made of its folder's name. A project that is left empty is kept, because its version
     * has to go on rising if another conversation comes.
     *
     * @return the projects whose figures this may have changed: its own one last
     */
    Set<Project> settle(Conversation conversation, Share share) {
        Set<Project> touched = new LinkedHashSet<>();
        Project before = conversation.announcement().project();
        Project home =
                byId.computeIfAbsent(conversation.projectPath().id(), id -> new Project(conversation.projectPath()));
        if (before != null && before != home) {
            before.remove(conversation);
            touched.add(before);
        }
        home.put(conversation, share);
        conversation.announcement().project(home);
        touched.add(home);
        return touched;
    }
}
