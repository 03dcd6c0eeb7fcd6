package dev.observatory.message;

import java.util.regex.Pattern;

/**
 * The families of channels, with what all channels of a family have in common: the form of their names and their
 * priority. Which of them an endpoint offers is said by {@link dev.observatory.protocol.Endpoint}.
 */
public enum ChannelKind {
    /** Every open connection, subscribed or not. Nobody can subscribe to it or leave it. */
    EVERYONE("everyone", Priority.NORMAL),
    /** The updates of one conversation. */
    CONVERSATION("conversation:ID", Priority.NORMAL),
    /** Every conversation's updates; what has it as home reaches the holders of any conversation channel too. */
    ALL_CONVERSATIONS("all_conversations", Priority.NORMAL),
    /** The updates of one project. */
    PROJECT("project:ID", Priority.NORMAL),
    /** Every project's updates. */
    PROJECT_UPDATES("project_updates", Priority.NORMAL),
    /** The updates of one project's conversations. */
    PROJECT_CONVERSATIONS("project:ID:conversations", Priority.NORMAL),
    FILE_EVENTS("file_events", Priority.LOW),
    ALERTS("alerts", Priority.HIGH),
    SYSTEM_STATUS("system_status", Priority.NORMAL),
    /** Security events. */
    EVENTS("events", Priority.HIGH),
    /** Detections of the security feed. */
    DETECTIONS("detections", Priority.NORMAL),
    GPU("gpu", Priority.LOW),
    CAMERAS("cameras", Priority.NORMAL),
    /** Notices for all connections of one user. */
    USER("user:ID", Priority.HIGH),
    /** Anything published from outside. */
    TOPIC("topic:ID", Priority.NORMAL);

    private final Pattern pattern;
    private final Priority priority;

    ChannelKind(String form, Priority priority) {
        this.pattern = Pattern.compile(form.replace(".", "\\.").replace("ID", "([A-Za-z0-9_.-]+)"));
        this.priority = priority;
    }

    public Priority priority() {
        return priority;
    }

    /** Whether the channel only shows messages of other home channels and numbers none of its own. */
    public boolean isView() {
        return this == PROJECT_UPDATES || this == PROJECT_CONVERSATIONS;
    }

    Pattern pattern() {
        return pattern;
    }
}
