package dev.observatory.conversation;

import dev.observatory.message.ProjectUpdate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** All projects. Confined to the watch thread. */
final class Projects {

    private final Map<String, Project> byId = new HashMap<>();

    /** One that the store remembers, before its conversations. */
    void restore(ProjectUpdate kept) {
        byId.put(kept.id(), new Project(kept));
    }

    /** Puts a conversation that the store remembers where it was. */
    void restore(Dossier conversation) {
        Project home = byId.get(conversation.latest().projectId());
        if (home != null) {
            home.put(conversation.id(), Share.of(conversation.latest()));
            conversation.project(home);
        }
    }

    /**
     * Lets a conversation count no more.
     *
     * @return where it did; null where it did not
     */
    Project remove(Dossier conversation) {
        Project home = conversation.project();
        if (home != null) {
            home.remove(conversation.id());
        }
        return home;
    }

    /**
     * Lets a conversation count in the project it belongs to now. It moves when its first record with a working
     * directory replaces the guess made of its folder's name. A project that is left empty is kept, because its version
     * has to go on rising if another conversation comes.
     *
     * @return the projects whose figures this may have changed: its own one last
     */
    Set<Project> settle(Dossier conversation, Share share) {
        Set<Project> touched = new LinkedHashSet<>();
        ProjectPath path = conversation.projectPath();
        if (path == null) {
            return touched;
        }
        Project before = conversation.project();
        Project home = byId.computeIfAbsent(path.id(), id -> new Project(path));
        if (before != null && before != home) {
            before.remove(conversation.id());
            touched.add(before);
        }
        home.put(conversation.id(), share);
        conversation.project(home);
        touched.add(home);
        return touched;
    }
}
