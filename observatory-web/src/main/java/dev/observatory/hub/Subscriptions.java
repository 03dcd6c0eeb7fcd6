package dev.observatory.hub;

import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What one connection is subscribed to, and how far it has been served. Confined to the connection's loop. */
final class Subscriptions {

    private final Connection holder;
    private final DeliveryLoop loop;

    /** Each with the number behind which all of its messages have come. */
    private final Map<Channel, Long> since = new LinkedHashMap<>();

    private final Map<Channel, Long> lastSeq = new HashMap<>();

    /** The number behind which all has come that is for everyone. */
    private long openedAt;

    /** Of home channels, the last number that the holder had before it subscribed; gone once newer ones come. */
    private final Map<Channel, Long> had = new HashMap<>();

    /** Up to here messages may come that the holder has: another loop was ahead of this one with them. */
    private long hadUntil;

    private long lastMatched;

    Subscriptions(Connection holder, DeliveryLoop loop) {
        this.holder = holder;
        this.loop = loop;
    }

    /** From now on what is for everyone is for the holder, too. */
    void opened() {
        openedAt = loop.routedTo();
    }

    void add(Channel channel) {
        if (since.putIfAbsent(channel, loop.routedTo()) == null) {
            loop.roster().index().add(channel, holder);
        }
    }

    /** Further channels, of which the holder has everything up to a number over all channels. */
    void addBehind(Channel channel, long pos) {
        add(channel);
        if (pos > since.get(channel)) {
            since.put(channel, pos);
            hadUntil = Math.max(hadUntil, pos);
        }
    }

    /** The same for what is for everyone. */
    void openedBehind(long pos) {
        openedAt = Math.max(openedAt, pos);
        hadUntil = Math.max(hadUntil, pos);
    }

    /** A home channel of which the holder has everything up to a number in it. */
    void addAfter(Channel channel, long seq) {
        add(channel);
        had.put(channel, seq);
    }

    /** Whether the holder has that message already, from another connection. */
    boolean has(Message message) {
        return message.pos() <= hadUntil && !served().has(message) || hasBySeq(message);
    }

    private boolean hasBySeq(Message message) {
        Long last = had.isEmpty() ? null : had.get(message.channel());
        if (last != null && message.seq() > last) {
            had.remove(message.channel());
            return false;
        }
        return last != null;
    }

    /** @return whether there was such a subscription */
    boolean remove(Channel channel) {
        boolean held = since.remove(channel) != null;
        if (held) {
            loop.roster().index().remove(channel, holder);
            lastSeq.remove(channel);
            had.remove(channel);
        }
        return held;
    }

    void clear() {
        List.copyOf(since.keySet()).forEach(this::remove);
    }

    /** Whether the message is for any of them. */
    boolean reach(Message message) {
        return Addresses.reach(since.keySet(), message.channel(), message.views());
    }

    /** Which messages have been queued for the holder because of what it is subscribed to now. Immutable. */
    Served served() {
        Map<Channel, Long> begun = Map.copyOf(since);
        long open = openedAt;
        return (home, views, pos) -> {
            if (home.equals(Channel.EVERYONE)) {
                return pos > open;
            }
            Set<Channel> earlier = begun.keySet().stream()
                    .filter(channel -> begun.get(channel) < pos)
                    .collect(Collectors.toSet());
            return Addresses.reach(earlier, home, views);
        };
    }

    /** Whether the message with that number has not matched before: it may match several subscriptions. */
    boolean matchesFirst(long pos) {
        boolean first = pos > lastMatched;
        lastMatched = pos;
        return first;
    }

    /** The message has left for the client. */
    void delivered(Message message) {
        if (since.containsKey(message.channel())) {
            lastSeq.put(message.channel(), message.seq());
        }
    }

    /** In the order in which they began; a view. */
    Set<Channel> channels() {
        return Collections.unmodifiableSet(since.keySet());
    }

    /** The number of the last message that left, of the channels where one did, by name. */
    Map<String, Long> lastSeq() {
        Map<String, Long> byName = new TreeMap<>();
        lastSeq.forEach((channel, seq) -> byName.put(channel.name(), seq));
        return byName;
    }
}
