package dev.observatory.hub;

import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import dev.observatory.protocol.ControlFrame.Gap;
import dev.observatory.protocol.GapReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The messages that one client will not get, as ranges of numbers in which nothing is delivered. Confined to the
 * connection's loop.
 */
final class Gaps {

    /** The ranges of each channel, by their first numbers. */
    private final Map<Channel, NavigableMap<Long, Gap>> ranges = new LinkedHashMap<>();

    private int size;

    /** Adds a message that was not added before. */
    void add(Message message, GapReason reason) {
        NavigableMap<Long, Gap> ofChannel = ranges.computeIfAbsent(message.channel(), channel -> new TreeMap<>());
        long from = message.seq();
        long to = message.seq();
        Map.Entry<Long, Gap> lower = ofChannel.lowerEntry(from);
        if (lower != null
                && lower.getValue().toSeq() + 1 == from
                && lower.getValue().reason() == reason) {
            from = lower.getValue().fromSeq();
            size--;
        }
        Gap higher = ofChannel.get(to + 1);
        if (higher != null && higher.reason() == reason) {
            ofChannel.remove(to + 1);
            to = higher.toSeq();
            size--;
        }
        ofChannel.put(from, new Gap(message.channel().name(), from, to, to - from + 1, reason));
        size++;
    }

    /** Takes over all that another one has, which is left empty. */
    void join(Gaps other) {
        other.ranges.forEach((channel, ofChannel) ->
                ranges.computeIfAbsent(channel, any -> new TreeMap<>()).putAll(ofChannel));
        size += other.size;
        other.ranges.clear();
        other.size = 0;
    }

    /** Takes out the ranges of a channel. */
    void forget(Channel channel) {
        NavigableMap<Long, Gap> forgotten = ranges.remove(channel);
        if (forgotten != null) {
            size -= forgotten.size();
        }
    }

    int size() {
        return size;
    }

    /** Takes out what has to be told before a message is. */
    List<Gap> takeBefore(Message message) {
        NavigableMap<Long, Gap> ofChannel = ranges.get(message.channel());
        if (ofChannel == null) {
            return List.of();
        }
        Map<Long, Gap> head = ofChannel.headMap(message.seq(), false);
        List<Gap> before = List.copyOf(head.values());
        head.clear();
        if (ofChannel.isEmpty()) {
            ranges.remove(message.channel());
        }
        size -= before.size();
        return before;
    }

    /** Empties it. */
    List<Gap> drain() {
        List<Gap> all = ranges.values().stream()
                .flatMap(ofChannel -> ofChannel.values().stream())
                .toList();
        ranges.clear();
        size = 0;
        return all;
    }
}
