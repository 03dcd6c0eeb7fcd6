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

/**
 * The newest messages, bounded by bytes and age, without a hole. Not thread-safe: the journal's lock guards it.
 */
final class MessageRing {

    private final long maxBytes;
    private final Duration maxAge;

    /** Each message stands at its pos modulo the length, which is a power of two. */
    private Message[] slots = new Message[1024];

    private final Map<Channel, Deque<Message>> byChannel = new HashMap<>();

    /** The pos of the oldest and of the newest. */
    private long first;

    private long last;

    private long bytes;

    /** @param pos that of the last message before the first that is added */
    MessageRing(long maxBytes, Duration maxAge, long pos) {
        this.maxBytes = maxBytes;
        this.maxAge = maxAge;
        first = pos + 1;
        last = pos;
    }

    /** Keeps a message, which follows the last one, and lets go of what has become too much or too old. */
    void add(Message message) {
        if (last - first + 1 == slots.length) {
            grow();
        }
        last++;
        slots[slot(last)] = message;
        byChannel.computeIfAbsent(message.channel(), c -> new ArrayDeque<>()).addLast(message);
        bytes += message.size();
        Instant oldest = message.timestamp().minus(maxAge);
        while (bytes > maxBytes || slots[slot(first)].timestamp().isBefore(oldest)) {
            removeOldest();
            if (first > last) {
                return;
            }
        }
    }

    int size() {
        return (int) (last - first + 1);
    }

    /** The size of all, bytes of UTF-8. */
    long bytes() {
        return bytes;
    }

    /** The pos of the oldest message; one more than the newest ever when there is none. */
    long first() {
        return first;
    }

    /** Null when it is not here any more, or not yet. */
    Message get(long pos) {
        return pos < first || pos > last ? null : slots[slot(pos)];
    }

    /**
     * The oldest messages behind a pos.
     *
     * @param limit how many at most
     * @param maxBytes how much text at most, but one message at least
     */
    List<Message> after(long pos, int limit, long maxBytes) {
        List<Message> found = new ArrayList<>();
        long size = 0;
        for (long next = Math.max(pos + 1, first); next <= last && found.size() < limit; next++) {
            Message message = slots[slot(next)];
            size += message.size();
            if (size > maxBytes && !found.isEmpty()) {
                break;
            }
            found.add(message);
        }
        return found;
    }

    /** Whether it has the message with that number in a home channel. */
    boolean has(Channel channel, long seq) {
        Deque<Message> messages = byChannel.get(channel);
        return messages != null
                && messages.getFirst().seq() <= seq
                && messages.getLast().seq() >= seq;
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

    private int slot(long pos) {
        return (int) (pos & slots.length - 1);
    }

    private void grow() {
        Message[] old = slots;
        slots = new Message[old.length * 2];
        for (long pos = first; pos <= last; pos++) {
            slots[slot(pos)] = old[(int) (pos & old.length - 1)];
        }
    }

    private void removeOldest() {
        Message oldest = slots[slot(first)];
        slots[slot(first)] = null;
        first++;
        bytes -= oldest.size();
        Deque<Message> siblings = byChannel.get(oldest.channel());
        siblings.removeFirst();
        if (siblings.isEmpty()) {
            byChannel.remove(oldest.channel());
        }
    }
}
