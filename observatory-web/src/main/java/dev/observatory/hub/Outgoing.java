package dev.observatory.hub;

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
 */
record Outgoing(String text, int size, Message message, Tally tally) {

    static Outgoing of(String text) {
        return new Outgoing(text, text.getBytes(StandardCharsets.UTF_8).length, null, null);
    }

    static Outgoing of(Message message, Tally tally) {
        return new Outgoing(message.json(), message.size(), message, tally);
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

    void failed(String connectionId) {
        if (tally != null) {
            tally.failed(connectionId);
        }
    }
}
