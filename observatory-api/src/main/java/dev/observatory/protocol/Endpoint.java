package dev.observatory.protocol;

import dev.observatory.message.Channel;
import dev.observatory.message.ChannelKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A place where clients connect, with the channels that it offers and those that a client gets without asking. */
public enum Endpoint {
    /** Conversations, projects, files and alerts, for the consoles. */
    CONSOLE(
            "/ws",
            EnumSet.of(
                    ChannelKind.CONVERSATION,
                    ChannelKind.ALL_CONVERSATIONS,
                    ChannelKind.PROJECT,
                    ChannelKind.PROJECT_UPDATES,
                    ChannelKind.PROJECT_CONVERSATIONS,
                    ChannelKind.FILE_EVENTS,
                    ChannelKind.ALERTS,
                    ChannelKind.SYSTEM_STATUS,
                    ChannelKind.USER,
                    ChannelKind.TOPIC),
            List.of(Channel.ALL_CONVERSATIONS, Channel.PROJECT_UPDATES, Channel.FILE_EVENTS, Channel.ALERTS)),
    /** What happens in front of cameras. */
    EVENTS(
            "/ws/events",
            EnumSet.of(ChannelKind.EVENTS, ChannelKind.DETECTIONS),
            List.of(Channel.EVENTS, Channel.DETECTIONS)),
    /** Cameras, GPUs, and how Observatory itself is. */
    SYSTEM(
            "/ws/system",
            EnumSet.of(ChannelKind.GPU, ChannelKind.CAMERAS, ChannelKind.SYSTEM_STATUS),
            List.of(Channel.GPU, Channel.CAMERAS, Channel.SYSTEM_STATUS));

    private final String path;
    private final Set<ChannelKind> kinds;
    private final List<Channel> defaults;

    Endpoint(String path, Set<ChannelKind> kinds, List<Channel> defaults) {
        this.path = path;
        this.kinds = kinds;
        this.defaults = defaults;
    }

    /** The path below the context root. */
    public String path() {
        return path;
    }

    /** Whether clients of this endpoint can subscribe to that channel. */
    public boolean offers(Channel channel) {
        return kinds.contains(channel.kind());
    }

    /** What a client is subscribed to that does not say what it wants. */
    public List<Channel> defaults() {
        return defaults;
    }
}
