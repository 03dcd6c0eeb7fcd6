package dev.observatory.conversation;

import dev.observatory.message.ConversationUpdate;
import java.time.Instant;

/** What was last told about a conversation. Confined to the watch thread. */
final class Announcement {

    private long version;

    /** Without its records; null before the first time. */
    private ConversationUpdate told;

    /** Where it counts; null before the first time. */
    private Project project;

    /** When its state is to be looked at again, null when never. {@link Deadlines} alone touches it. */
    Instant deadline;

    long nextVersion() {
        return ++version;
    }

    boolean begun() {
        return told != null;
    }

    ConversationUpdate told() {
        return told;
    }

    void tell(ConversationUpdate update) {
        told = update;
    }

    Project project() {
        return project;
    }

    void project(Project newProject) {
        project = newProject;
    }
}
