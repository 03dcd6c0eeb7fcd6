package dev.observatory.journal;

import dev.observatory.message.Message;

/**
 * What is remembered of a message besides its text.
 *
 * @param size of its text, bytes of UTF-8
 */
record Numbered(long pos, long seq, int size, Address address) {

    static Numbered of(Message message) {
        return new Numbered(message.pos(), message.seq(), message.size(), Address.of(message));
    }
}
