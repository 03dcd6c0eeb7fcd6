package dev.observatory.hub;

import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import java.util.List;

/** What has been queued for a client because of what it is subscribed to. Immutable. */
@FunctionalInterface
interface Served {

    /**
     * Whether the message was, or would have been if it had not been left out.
     *
     * @param views the message's
     * @param pos its number over all channels
     */
    boolean has(Channel home, List<Channel> views, long pos);

    default boolean has(Message message) {
        return has(message.channel(), message.views(), message.pos());
    }
}
