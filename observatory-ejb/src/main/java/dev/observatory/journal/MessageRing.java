package dev.observatory.journal;

import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The newest messages, bounded by bytes and age. Not thread-safe: the journal's lock guards it. */
final class MessageRing {

    private final long maxBytes;
    private final Duration maxAge;
    private final Deque<Message> all = new ArrayDeque<>();
    private final Map<Channel, Deque<Message>> byChannel = new HashMap<>();
    private long bytes;

    MessageRing(long maxBytes, Duration maxAge) {
        this.maxBytes = maxBytes;
        this.maxAge = maxAge;
    }

    /** Keeps a message, which is newer than all before it, and lets go of what has become too much or too old. */
    void add(Message message) {
        all.addLast(message);
        byChannel.computeIfAbsent(message.channel(), c -> new ArrayDeque<>()).addLast(message);
        bytes += message.size();
        Instant oldest = message.timestamp().minus(maxAge);
        while (bytes > maxBytes || all.getFirst().timestamp().isBefore(oldest)) {
            removeOldest();
            if (all.isEmpty()) {
                return;
            }
        }
    }

    /**
     * The kept messages of one home channel with higher numbers, oldest first.
     *
     * @param limit how many at most
     * @param maxBytes how much text at most, but one message at least
     */
    List<Message> after(Channel channel, long seq, int limit, long maxBytes) {
        List<Message> found = new ArrayList<>();
        long size = 0;
        for (Message message : byChannel.getOrDefault(channel, new ArrayDeque<>())) {
            if (message.seq() <= seq) {
                continue;
            }
            size += message.size();
            if (found.size() == limit || size > maxBytes && !found.isEmpty()) {
                break;
            }
            found.add(message);
        }
        return found;
    }

    private void removeOldest() {
        Message oldest = all.removeFirst();
        bytes -= oldest.size();
        Deque<Message> siblings = byChannel.get(oldest.channel());
        siblings.removeFirst();
        if (siblings.isEmpty()) {
            byChannel.remove(oldest.channel());
        }
    }
}
