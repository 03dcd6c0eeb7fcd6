package dev.observatory.hub;

import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A frame on its way out. One for a message and loop, shared by all recipients there.
 *
 * @param text the frame's text, one line
 * @param size its length in UTF-8, bytes
 * @param message the message that it is, null for answers and notices
 * @param tally where deliveries are counted, null when nobody asked
 * @param deflated its compressed form, null when it has none
 * @param replay whether it is sent as a part of the past, which goes before all that is live
 * @param stateOf the channel whose state it is a part of, null for all else
 * @param since when it came to be, {@link System#nanoTime}; of a message, when it got its number
 */
record Outgoing(
        String text,
        int size,
        Message message,
        Tally tally,
        Deflated deflated,
        boolean replay,
        Channel stateOf,
        long since) {

    static Outgoing of(String text) {
        return state(null, text);
    }

    /** @param channel whose state it is a part of */
    static Outgoing state(Channel channel, String text) {
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        return new Outgoing(text, size, null, null, null, false, channel, System.nanoTime());
    }

    static Outgoing of(Message message, Tally tally, Deflated deflated, long since) {
        return new Outgoing(message.json(), message.size(), message, tally, deflated, false, null, since);
    }

    /** @param text the message's, marked as a replay */
    static Outgoing replay(Message message, String text) {
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        return new Outgoing(text, size, message, null, null, true, null, System.nanoTime());
    }

    /** Whether it waits in the lane of its priority. */
    boolean inLane() {
        return message != null && !replay;
    }

    /** Several frames as one, line by line. */
    static String text(List<Outgoing> frames) {
        return frames.size() == 1
                ? frames.get(0).text()
                : frames.stream().map(Outgoing::text).collect(Collectors.joining("\n"));
    }

    void delivered() {
        if (tally != null) {
            tally.delivered();
        }
    }

    /** One recipient does not get it, which it is told or does not want to know. */
    void dropped() {
        if (tally != null) {
            tally.dropped();
        }
    }

    void failed(String connectionId) {
        if (tally != null) {
            tally.failed(connectionId);
        }
    }
}
