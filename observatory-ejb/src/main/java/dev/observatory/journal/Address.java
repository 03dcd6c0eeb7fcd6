package dev.observatory.journal;

import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import java.util.List;

/** Where a message goes. Immutable. */
record Address(Channel channel, List<Channel> views) {

    Address {
        views = List.copyOf(views);
    }

    static Address of(Message message) {
        return new Address(message.channel(), message.views());
    }

    boolean isWantedBy(Interest interest) {
        return interest.wants(channel, views);
    }
}
