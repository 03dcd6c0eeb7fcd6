package dev.observatory.hub;

import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What one connection is subscribed to, and how far it has been served. Confined to the connection's loop. */
final class Subscriptions {

    private final Connection holder;
    private final SubscriptionIndex index;
    private final Set<Channel> channels = new LinkedHashSet<>();
    private final Map<Channel, Long> lastSeq = new HashMap<>();
    private long lastMatched;

    /** @param index where the holder's channels are entered */
    Subscriptions(Connection holder, SubscriptionIndex index) {
        this.holder = holder;
        this.index = index;
    }

    void add(Channel channel) {
        if (channels.add(channel)) {
            index.add(channel, holder);
        }
    }

    /** @return whether there was such a subscription */
    boolean remove(Channel channel) {
        boolean held = channels.remove(channel);
        if (held) {
            index.remove(channel, holder);
            lastSeq.remove(channel);
        }
        return held;
    }

    void clear() {
        List.copyOf(channels).forEach(this::remove);
    }

    /** Whether the message is for any of them. */
    boolean reach(Message message) {
        return Addresses.reach(channels, message.channel(), message.views());
    }

    /** Whether the message with that number has not matched before: it may match several subscriptions. */
    boolean matchesFirst(long pos) {
        boolean first = pos > lastMatched;
        lastMatched = pos;
        return first;
    }

    /** The message has left for the client. */
    void delivered(Message message) {
        if (channels.contains(message.channel())) {
            lastSeq.put(message.channel(), message.seq());
        }
    }

    /** In the order in which they began; a view. */
    Set<Channel> channels() {
        return Collections.unmodifiableSet(channels);
    }

    /** The number of the last message that left, of the channels where one did, by name. */
    Map<String, Long> lastSeq() {
        Map<String, Long> byName = new TreeMap<>();
        lastSeq.forEach((channel, seq) -> byName.put(channel.name(), seq));
        return byName;
    }
}
