package dev.observatory.journal;

import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a home channel has of the messages for those who come later. Not thread-safe: the journal's lock guards it. */
final class KeptChannel {

    static final Comparator<KeptChannel> BY_SIZE =
            Comparator.comparingLong(KeptChannel::bytes).thenComparing(KeptChannel::channel);

    private final Channel channel;
    private final NavigableMap<Long, Message> messages = new TreeMap<>();
    private long bytes;

    KeptChannel(Channel channel) {
        this.channel = channel;
    }

    void add(Message message) {
        messages.put(message.seq(), message);
        bytes += message.size();
    }

    void remove(Message message) {
        messages.remove(message.seq());
        bytes -= message.size();
    }

    Channel channel() {
        return channel;
    }

    /** Of text, bytes of UTF-8. */
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    Message oldest() {
        return messages.firstEntry().getValue();
    }

    /** Those up to a pos. */
    List<Message> upTo(long pos) {
        return messages.values().stream()
                .takeWhile(message -> message.pos() <= pos)
                .toList();
    }

    /** Whether it has a message with a number between these. */
    boolean hasBetween(long seq, long other) {
        return seq + 1 < other && !messages.subMap(seq, false, other, false).isEmpty();
    }
}
