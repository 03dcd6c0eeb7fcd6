package dev.observatory.journal;

import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import dev.observatory.message.Message;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A journal in the memory of one node, bounded by bytes and age: the oldest messages go first. Its numbers start anew
 * with every start, and so does its epoch. Thread-safe.
 */
public final class RingJournal implements Journal {

    /** A piece of history ends there, so that asking for it does not make a client a slow one. */
    private static final long HISTORY_BYTES = 1 << 20;

    private final JsonEncoder encoder;
    private final Consumer<Message> announcer;
    private final Clock clock;
    private final String epoch = UUID.randomUUID().toString();

    /** Guards all that follows. */
    private final Object lock = new Object();

    private final MessageRing ring;
    private final Map<Channel, Long> seqs = new HashMap<>();
    private long pos;
    private boolean announcing;

    /**
     * @param announcer hears of every message, one at a time and in order; it must not block
     * @param maxBytes how much text is kept, bytes of UTF-8
     */
    public RingJournal(JsonEncoder encoder, Consumer<Message> announcer, Clock clock, long maxBytes, Duration maxAge) {
        this.encoder = encoder;
        this.announcer = announcer;
        this.clock = clock;
        this.ring = new MessageRing(maxBytes, maxAge);
    }

    @Override
    public Message append(Draft draft) {
        // the expensive part, and the one that can fail, comes before the numbers: a refused draft leaves no hole
        String data = encoder.encode(draft.data());
        synchronized (lock) {
            if (announcing) {
                throw new IllegalStateException("a listener of the journal appended to it: " + draft.type());
            }
            Message message = number(draft, data);
            ring.add(message);
            announce(message);
            return message;
        }
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public long pos() {
        synchronized (lock) {
            return pos;
        }
    }

    @Override
    public long seq(Channel channel) {
        synchronized (lock) {
            return seqs.getOrDefault(channel, 0L);
        }
    }

    @Override
    public History history(Channel channel, long afterSeq, int limit) {
        synchronized (lock) {
            List<Message> messages = ring.after(channel, afterSeq, limit, HISTORY_BYTES);
            return new History(messages, afterSeq + messages.size() == seq(channel));
        }
    }

    private Message number(Draft draft, String data) {
        Channel channel = draft.channel();
        pos++;
        long seq = seqs.merge(channel, 1L, Long::sum);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String json = MessageFrame.json(draft, seq, pos, now, data);
        int size = json.getBytes(StandardCharsets.UTF_8).length;
        return new Message(
                draft.id(),
                draft.type(),
                channel,
                draft.views(),
                seq,
                pos,
                now,
                json,
                size,
                draft.conflationKey(),
                draft.keptFor() == null ? null : now.plus(draft.keptFor()));
    }

    /**
     * Under the lock, although a listener is foreign code: it is what makes the order the same everywhere, and the one
     * listener there is, the hub, only offers to its queues.
     */
    private void announce(Message message) {
        announcing = true;
        try {
            announcer.accept(message);
        } finally {
            announcing = false;
        }
    }
}
