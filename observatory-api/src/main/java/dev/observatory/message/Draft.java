package dev.observatory.message;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Something that happened and is to be told: a message before it has its numbers. Fired as a CDI event, always
 * synchronously, by whoever found it out.
 *
 * <p>The address decides who receives it: the subscribers of {@code channel} and of each of {@code views}, every one
 * of them once. There is no other filter, because a filter that hid a message from some subscribers of its home channel
 * would leave holes in their sequence numbers.
 *
 * @param id names the draft, so that whoever fired it can recognise the message made of it
 * @param type what the client sees as {@code type}, such as {@code conversation_update}: a lower-case letter,
 *     then up to 63 lower-case letters, digits and underscores
 * @param channel the home channel, in which the message gets its sequence number
 * @param views further channels whose subscribers receive it too
 * @param data the payload: a value that the one JSON encoder can write
 */
public record Draft(String id, String type, Channel channel, List<Channel> views, Object data) {

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    public Draft {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(data, "data");
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("no type of a message: '" + type + "'");
        }
        views = List.copyOf(views);
    }

    /** A draft for the subscribers of one channel. */
    public static Draft to(Channel channel, String type, Object data) {
        return new Draft(newId(), type, channel, List.of(), data);
    }

    /** A draft for every open connection, whatever it is subscribed to. */
    public static Draft toEveryone(String type, Object data) {
        return to(Channel.EVERYONE, type, data);
    }

    public static Draft of(ConversationUpdate update) {
        List<Channel> views = update.projectId() == null
                ? List.of(Channel.ALL_CONVERSATIONS)
                : List.of(Channel.ALL_CONVERSATIONS, Channel.projectConversations(update.projectId()));
        return new Draft(newId(), "conversation_update", Channel.conversation(update.id()), views, update);
    }

    public static Draft of(ProjectUpdate update) {
        return new Draft(
                newId(), "project_update", Channel.project(update.id()), List.of(Channel.PROJECT_UPDATES), update);
    }

    public static Draft of(FileUpdate update) {
        return to(Channel.FILE_EVENTS, "file_update", update);
    }

    public static Draft of(Alert alert) {
        return to(Channel.ALERTS, "alert", alert);
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
