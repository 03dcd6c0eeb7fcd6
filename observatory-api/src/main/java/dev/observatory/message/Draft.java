package dev.observatory.message;

import java.time.Duration;
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
 * @param conflationKey tells of what the payload is the whole state, within the home channel: to a client that cannot
 *     keep up, a newer message of the same key is all it needs. Null when the payload is no such state
 * @param keptFor for how long the message is also delivered to clients that come later, over restarts too; positive,
 *     null when it is only for those who are there
 */
public record Draft(
        String id,
        String type,
        Channel channel,
        List<Channel> views,
        Object data,
        String conflationKey,
        Duration keptFor) {

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    public Draft {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(data, "data");
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("no type of a message: '" + type + "'");
        }
        if (keptFor != null && (keptFor.isZero() || keptFor.isNegative())) {
            throw new IllegalArgumentException("a message cannot be kept for " + keptFor);
        }
        views = List.copyOf(views);
    }

    /** A draft of something that is no state and is over when it has been told. */
    public Draft(String id, String type, Channel channel, List<Channel> views, Object data) {
        this(id, type, channel, views, data, null, null);
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
        return new Draft(newId(), "conversation_update", Channel.conversation(update.id()), views, update)
                .conflatedBy(update.id());
    }

    public static Draft of(ProjectUpdate update) {
        return new Draft(
                        newId(),
                        "project_update",
                        Channel.project(update.id()),
                        List.of(Channel.PROJECT_UPDATES),
                        update)
                .conflatedBy(update.id());
    }

    public static Draft of(FileUpdate update) {
        return to(Channel.FILE_EVENTS, "file_update", update).conflatedBy(update.root() + "\n" + update.path());
    }

    public static Draft of(Alert alert) {
        return to(Channel.ALERTS, "alert", alert);
    }

    public static Draft of(GpuStats stats) {
        return to(Channel.GPU, "gpu_stats", stats).conflatedBy(String.valueOf(stats.gpuIndex()));
    }

    public static Draft of(SecurityEvent event) {
        return to(Channel.EVENTS, "new_event", event);
    }

    public static Draft of(Detection detection) {
        return to(Channel.DETECTIONS, "detection", detection);
    }

    public static Draft of(CameraStatus status) {
        return to(Channel.CAMERAS, "camera_status", status).conflatedBy(status.cameraId());
    }

    public static Draft of(SystemStatus status) {
        return to(Channel.SYSTEM_STATUS, "system_status", status).conflatedBy("system");
    }

    /** The same, as the newest state of something. */
    public Draft conflatedBy(String key) {
        return new Draft(id, type, channel, views, data, key, keptFor);
    }

    /** The same, also for those who come later. */
    public Draft keptFor(Duration time) {
        return new Draft(id, type, channel, views, data, conflationKey, time);
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
