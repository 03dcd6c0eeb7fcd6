package dev.observatory.hub;

import dev.observatory.message.Channel;
import dev.observatory.message.ChannelKind;
import dev.observatory.message.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which connections of one loop want which channel. Confined to the loop. */
final class SubscriptionIndex {

    private final Map<Channel, Set<Connection>> subscribers = new HashMap<>();

    /** The holders of at least one conversation's channel, with how many they hold. */
    private final Map<Connection, Integer> conversationHolders = new HashMap<>();

    void add(Channel channel, Connection connection) {
        subscribers.computeIfAbsent(channel, c -> new LinkedHashSet<>()).add(connection);
        if (channel.kind() == ChannelKind.CONVERSATION) {
            conversationHolders.merge(connection, 1, Integer::sum);
        }
    }

    void remove(Channel channel, Connection connection) {
        Set<Connection> holders = subscribers.get(channel);
        holders.remove(connection);
        if (holders.isEmpty()) {
            subscribers.remove(channel);
        }
        if (channel.kind() == ChannelKind.CONVERSATION) {
            conversationHolders.computeIfPresent(connection, (c, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Every connection that the message is for, each once. */
    List<Connection> recipients(Message message) {
        List<Connection> recipients = new ArrayList<>();
        collect(of(message.channel()), message, recipients);
        for (Channel view : message.views()) {
            collect(of(view), message, recipients);
        }
        if (message.channel().equals(Channel.ALL_CONVERSATIONS)) {
            collect(conversationHolders.keySet(), message, recipients);
        }
        return recipients;
    }

    private static void collect(Collection<Connection> holders, Message message, List<Connection> recipients) {
        for (Connection holder : holders) {
            if (holder.lacks(message) && holder.matchesFirst(message.pos())) {
                recipients.add(holder);
            }
        }
    }

    int channels() {
        return subscribers.size();
    }

    private Collection<Connection> of(Channel channel) {
        return subscribers.getOrDefault(channel, Set.of());
    }
}
