package dev.observatory.journal;

import dev.observatory.message.Message;
import java.time.Instant;
import java.util.List;

/**
 * What is remembered of a block in the store.
 *
 * @param last the pos of its last message
 * @param bytes of text
 * @param newest the time of its last message
 */
record BlockMark(long last, int count, long bytes, Instant newest) {

    static BlockMark of(List<Message> messages) {
        Message last = messages.get(messages.size() - 1);
        long bytes = messages.stream().mapToLong(Message::size).sum();
        return new BlockMark(last.pos(), messages.size(), bytes, last.timestamp());
    }
}
