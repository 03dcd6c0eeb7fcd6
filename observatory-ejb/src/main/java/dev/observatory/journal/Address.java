package dev.observatory.journal;

import dev.observatory.message.Channel;
import java.util.List;

/** Where a message goes. Immutable. */
record Address(Channel channel, List<Channel> views) {

    Address {
        views = List.copyOf(views);
    }

    boolean isWantedBy(Interest interest) {
        return interest.wants(channel, views);
    }
}
