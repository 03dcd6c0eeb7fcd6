package dev.observatory.message;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * The name of a stream of messages that a client can subscribe to. Immutable; equal by name.
 *
 * <p>A name has 1 to {@value #MAX_LENGTH} characters of {@code [A-Za-z0-9_.:-]} and belongs to one {@link ChannelKind}.
 */
public final class Channel implements Comparable<Channel> {

    /** Longest name, in characters. */
    public static final int MAX_LENGTH = 200;

    public static final Channel EVERYONE = named("everyone");
    public static final Channel ALL_CONVERSATIONS = named("all_conversations");
    public static final Channel PROJECT_UPDATES = named("project_updates");
    public static final Channel FILE_EVENTS = named("file_events");
    public static final Channel ALERTS = named("alerts");
    public static final Channel SYSTEM_STATUS = named("system_status");
    public static final Channel EVENTS = named("events");
    public static final Channel DETECTIONS = named("detections");
    public static final Channel GPU = named("gpu");
    public static final Channel CAMERAS = named("cameras");

    private final String name;
    private final ChannelKind kind;
    private final String id;

    private Channel(String name, ChannelKind kind, String id) {
        this.name = name;
        this.kind = kind;
        this.id = id;
    }

    /** Reads a name that came from outside; empty when no kind of channel has names of that form. */
    public static Optional<Channel> parse(String name) {
        if (name == null || name.isEmpty() || name.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return Arrays.stream(ChannelKind.values())
                .map(kind -> match(kind, name))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Channel> match(ChannelKind kind, String name) {
        Matcher matcher = kind.pattern().matcher(name);
        return matcher.matches()
                ? Optional.of(new Channel(name, kind, matcher.groupCount() == 0 ? "" : matcher.group(1)))
                : Optional.empty();
    }

    /**
     * The channel of that name.
     *
     * @throws IllegalArgumentException when no kind of channel has names of that form
     */
    public static Channel named(String name) {
        return parse(name).orElseThrow(() -> unnameable(name));
    }

    private static Channel named(ChannelKind kind, String name) {
        if (name.length() > MAX_LENGTH) {
            throw unnameable(name);
        }
        return match(kind, name).orElseThrow(() -> unnameable(name));
    }

    private static IllegalArgumentException unnameable(String name) {
        return new IllegalArgumentException("no channel is named '" + name + "'");
    }

    public static Channel conversation(String id) {
        return named(ChannelKind.CONVERSATION, "conversation:" + id);
    }

    public static Channel project(String id) {
        return named(ChannelKind.PROJECT, "project:" + id);
    }

    /** The view of one project's conversations. */
    public static Channel projectConversations(String projectId) {
        return named(ChannelKind.PROJECT_CONVERSATIONS, "project:" + projectId + ":conversations");
    }

    public String name() {
        return name;
    }

    public ChannelKind kind() {
        return kind;
    }

    /** What stands behind the prefix, such as the conversation's id; empty for channels that have no prefix. */
    public String id() {
        return id;
    }

    public Priority priority() {
        return kind.priority();
    }

    @Override
    public int compareTo(Channel other) {
        return name.compareTo(other.name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Channel channel && name.equals(channel.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
