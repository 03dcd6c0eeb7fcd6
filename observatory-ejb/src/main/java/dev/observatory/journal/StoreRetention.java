package dev.observatory.journal;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Which blocks of the store are too many, too large or too old. The newest is kept in any case. Not thread-safe. */
final class StoreRetention {

    private final JournalConfig.Store config;
    private final Deque<BlockMark> blocks = new ArrayDeque<>();
    private long bytes;
    private long count;

    StoreRetention(JournalConfig.Store config) {
        this.config = config;
    }

    void add(BlockMark block) {
        blocks.addLast(block);
        bytes += block.bytes();
        count += block.count();
    }

    /** Up to which pos blocks may go; 0 when all may stay. */
    long excess(Instant now) {
        Instant oldest = now.minus(config.maxAge());
        long excess = 0;
        long restBytes = bytes;
        long restCount = count;
        for (BlockMark block : blocks) {
            boolean fits = restBytes <= config.maxBytes()
                    && restCount <= config.maxMessages()
                    && !block.newest().isBefore(oldest);
            if (fits || block == blocks.peekLast()) {
                break;
            }
            excess = block.last();
            restBytes -= block.bytes();
            restCount -= block.count();
        }
        return excess;
    }

    /** Forgets those that are gone. */
    void drop(long to) {
        while (!blocks.isEmpty() && blocks.getFirst().last() <= to) {
            BlockMark gone = blocks.removeFirst();
            bytes -= gone.bytes();
            count -= gone.count();
        }
    }

    List<BlockMark> blocks() {
        return List.copyOf(blocks);
    }
}
