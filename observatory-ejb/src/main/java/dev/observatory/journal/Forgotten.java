package dev.observatory.journal;

import dev.observatory.message.Message;

/** The last message to an address of which even the numbers are forgotten, and which is not kept either. */
record Forgotten(Address address, long pos, long seq) {

    static Forgotten of(Message message) {
        return new Forgotten(Address.of(message), message.pos(), message.seq());
    }
}
