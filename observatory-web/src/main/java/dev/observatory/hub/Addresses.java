package dev.observatory.hub;

import dev.observatory.message.Channel;
import dev.observatory.message.ChannelKind;
import java.util.List;
import java.util.Set;

/** The one rule of whom a message reaches; {@link SubscriptionIndex} applies it to many connections at once. */
final class Addresses {

    private Addresses() {}

    /** Whether a message with that home channel and those views is for the holder of the subscriptions. */
    static boolean reach(Set<Channel> subscriptions, Channel home, List<Channel> views) {
        return home.equals(Channel.EVERYONE)
                || subscriptions.contains(home)
                || views.stream().anyMatch(subscriptions::contains)
                || home.equals(Channel.ALL_CONVERSATIONS)
                        && subscriptions.stream().anyMatch(held -> held.kind() == ChannelKind.CONVERSATION);
    }
}
