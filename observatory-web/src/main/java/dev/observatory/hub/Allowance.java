package dev.observatory.hub;

import dev.observatory.message.Message;
import dev.observatory.protocol.GapReason;
import java.util.List;

/**
 * How many messages of the past a client may still be sent for one command. Live ones wait behind them, and a client that has
 * a rate is to get these before they are too old. Confined to the thread that fetches.
 */
final class Allowance {

    private final GapReason reason;
    private int messages;
    private long bytes;

    /**
     * @param messages how many
     * @param bytes of how much text
     * @param reason why it is no more
     */
    Allowance(int messages, long bytes, GapReason reason) {
        this.messages = messages;
        this.bytes = bytes;
        this.reason = reason;
    }

    int messages() {
        return messages;
    }

    long bytes() {
        return bytes;
    }

    /** Why a message is left out that it does not suffice for. */
    GapReason reason() {
        return reason;
    }

    /** Whether it suffices for so much. */
    boolean sufficesFor(int count, long size) {
        return count <= messages && size <= bytes;
    }

    /** Uses it up for these. */
    void take(List<Message> sent) {
        messages -= sent.size();
        bytes -= sent.stream().mapToLong(Message::size).sum();
    }

    /** Of messages in their order the newest that it suffices for, which use it up. */
    List<Message> newest(List<Message> all) {
        int from = all.size();
        long size = 0;
        while (from > 0
                && sufficesFor(all.size() - from + 1, size + all.get(from - 1).size())) {
            from--;
            size += all.get(from).size();
        }
        List<Message> newest = all.subList(from, all.size());
        take(newest);
        return newest;
    }
}
