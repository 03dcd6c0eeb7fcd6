package dev.observatory.hub;

import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import dev.observatory.protocol.ControlFrame.Gap;
import dev.observatory.protocol.GapReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages that one client will not get, as ranges of numbers in which nothing is delivered. Confined to the
 * connection's loop.
 */
final class Gaps {

    private final List<Gap> ranges = new ArrayList<>();

    /** The place in {@code ranges} of the newest range of each channel. */
    private final Map<Channel, Integer> newest = new HashMap<>();

    /** Adds a message; those of one channel have to come in the order of their numbers. */
    void add(Message message, GapReason reason) {
        Integer place = newest.get(message.channel());
        Gap last = place == null ? null : ranges.get(place);
        if (last != null && last.reason() == reason && last.toSeq() + 1 == message.seq()) {
            ranges.set(place, new Gap(last.channel(), last.fromSeq(), message.seq(), last.count() + 1, reason));
        } else {
            newest.put(message.channel(), ranges.size());
            ranges.add(new Gap(message.channel().name(), message.seq(), message.seq(), 1, reason));
        }
    }

    int size() {
        return ranges.size();
    }

    /** Empties it. */
    List<Gap> drain() {
        List<Gap> all = List.copyOf(ranges);
        ranges.clear();
        newest.clear();
        return all;
    }
}
