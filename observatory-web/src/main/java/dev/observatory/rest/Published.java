package dev.observatory.rest;

import dev.observatory.message.Message;
import java.time.Instant;

/** The numbers of a message that was broadcast. */
public record Published(String channel, long seq, long pos, Instant timestamp) {

    static Published of(Message message) {
        return new Published(message.channel().name(), message.seq(), message.pos(), message.timestamp());
    }
}
