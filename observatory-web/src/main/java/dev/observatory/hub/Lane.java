package dev.observatory.hub;

import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import dev.observatory.protocol.ControlFrame.Gap;
import dev.observatory.protocol.GapReason;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The messages of one priority that wait for one client, in order, and what has been taken out from between them.
 * Confined to the connection's loop.
 */
final class Lane {

    private record State(Channel channel, String key) {}

    private final Gaps gaps = new Gaps();
    private final BiConsumer<Outgoing, GapReason> losses;
    private Deque<Outgoing> waiting = new ArrayDeque<>();
    private long bytes;

    /** @param losses hears of each message that will not be delivered */
    Lane(BiConsumer<Outgoing, GapReason> losses) {
        this.losses = losses;
    }

    /** How many ranges have been taken out and not been told yet. */
    int gaps() {
        return gaps.size();
    }

    /** Takes what has to be told before the next message goes, or of messages that had none behind them. */
    List<Gap> takeGaps() {
        return waiting.isEmpty()
                ? gaps.drain()
                : gaps.takeBefore(waiting.peekFirst().message());
    }

    int size() {
        return waiting.size();
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void add(Outgoing message) {
        waiting.addLast(message);
        bytes += message.size();
    }

    /** Takes over all that another one has, which is left empty, behind what is in this one. */
    void join(Lane other) {
        waiting.addAll(other.waiting);
        bytes += other.bytes;
        gaps.join(other.gaps);
        other.waiting.clear();
        other.bytes = 0;
    }

    /** Takes out the messages of a home channel, and what would be told of those taken out before. */
    void forget(Channel channel) {
        retain(message -> !message.channel().equals(channel));
        gaps.forget(channel);
    }

    /** The next message; null when there is none. */
    Outgoing peek() {
        return waiting.peekFirst();
    }

    Outgoing take() {
        Outgoing message = waiting.removeFirst();
        bytes -= message.size();
        return message;
    }

    /** Takes out every state of a thing that a newer one follows. */
    void conflate() {
        Set<State> newer = new HashSet<>();
        Set<Outgoing> superseded = Collections.newSetFromMap(new IdentityHashMap<>());
        waiting.descendingIterator().forEachRemaining(frame -> {
            Message message = frame.message();
            if (message.conflationKey() != null && !newer.add(new State(message.channel(), message.conflationKey()))) {
                superseded.add(frame);
            }
        });
        if (!superseded.isEmpty()) {
            lose(superseded::contains, GapReason.CONFLATED);
        }
    }

    /** Takes out everything. */
    void clear(GapReason reason) {
        lose(frame -> true, reason);
    }

    /** Takes out what the client does not want any more, about which there is nothing to be told. */
    void retain(Predicate<Message> wanted) {
        waiting.removeIf(frame -> {
            boolean removed = !wanted.test(frame.message());
            if (removed) {
                bytes -= frame.size();
                frame.dropped();
            }
            return removed;
        });
    }

    private void lose(Predicate<Outgoing> lost, GapReason reason) {
        Deque<Outgoing> kept = new ArrayDeque<>();
        for (Outgoing frame : waiting) {
            if (lost.test(frame)) {
                bytes -= frame.size();
                gaps.add(frame.message(), reason);
                losses.accept(frame, reason);
            } else {
                kept.addLast(frame);
            }
        }
        waiting = kept;
    }
}
