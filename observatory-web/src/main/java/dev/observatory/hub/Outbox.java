package dev.observatory.hub;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What waits to be sent to one client, in order, bounded in bytes and frames. Confined to the connection's loop.
 *
 * <p>A full outbox is a value, not an exception: its owner decides what becomes of a client that cannot keep up. A
 * frame that alone exceeds the bytes is taken while nothing else waits, so that a large message can be delivered.
 */
final class Outbox {

    private final long maxBytes;
    private final int maxFrames;
    private final Deque<Outgoing> waiting = new ArrayDeque<>();
    private long bytes;

    Outbox(long maxBytes, int maxFrames) {
        this.maxBytes = maxBytes;
        this.maxFrames = maxFrames;
    }

    /** Puts a frame at the end; false when it is full and the frame was not taken. */
    boolean offer(Outgoing frame) {
        if (!waiting.isEmpty() && (bytes + frame.size() > maxBytes || waiting.size() >= maxFrames)) {
            return false;
        }
        waiting.addLast(frame);
        bytes += frame.size();
        return true;
    }

    /**
     * Takes what goes out next: the first frame and as many after it as fit together into {@code batchBytes}.
     *
     * @param batchBytes 0 for one frame at a time
     * @return at least one frame
     * @throws java.util.NoSuchElementException when nothing waits
     */
    List<Outgoing> next(int batchBytes) {
        Outgoing first = take();
        if (waiting.isEmpty() || first.size() + waiting.peekFirst().size() >= batchBytes) {
            return List.of(first);
        }
        List<Outgoing> batch = new ArrayList<>();
        batch.add(first);
        long size = first.size();
        while (!waiting.isEmpty() && size + 1 + waiting.peekFirst().size() <= batchBytes) {
            Outgoing frame = take();
            size += 1 + frame.size();
            batch.add(frame);
        }
        return batch;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int frames() {
        return waiting.size();
    }

    /** The size of all that waits, bytes of UTF-8. */
    long bytes() {
        return bytes;
    }

    /** Empties it. */
    List<Outgoing> drain() {
        List<Outgoing> all = List.copyOf(waiting);
        waiting.clear();
        bytes = 0;
        return all;
    }

    private Outgoing take() {
        Outgoing frame = waiting.removeFirst();
        bytes -= frame.size();
        return frame;
    }
}
