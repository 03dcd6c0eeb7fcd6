package dev.observatory.journal;

import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import dev.observatory.message.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A draft whose payload is text already: all that a message needs but its numbers. Immutable.
 *
 * @param at when it was drafted, here
 * @param data JSON
 * @param expiresAt until when it is also for those who come later; null when it is not
 */
record EncodedDraft(
        String id,
        String type,
        Channel channel,
        List<Channel> views,
        Instant at,
        String data,
        String conflationKey,
        Instant expiresAt) {

    /** As far as times go that every database and every client can hold. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    EncodedDraft {
        views = List.copyOf(views);
    }

    static EncodedDraft of(Draft draft, String data, Instant now) {
        return new EncodedDraft(
                draft.id(),
                draft.type(),
                draft.channel(),
                draft.views(),
                now,
                data,
                draft.conflationKey(),
                draft.keptFor() == null ? null : expiry(draft, now));
    }

    private static Instant expiry(Draft draft, Instant now) {
        boolean isForEver = draft.keptFor().getSeconds() >= LATEST.getEpochSecond() - now.getEpochSecond();
        return isForEver ? LATEST : now.plus(draft.keptFor());
    }

    Address address() {
        return new Address(channel, views);
    }

    Message numbered(long seq, long pos, Instant timestamp) {
        String json = MessageFrame.json(type, channel, seq, pos, timestamp, data);
        int size = json.getBytes(StandardCharsets.UTF_8).length;
        return new Message(id, type, channel, views, seq, pos, timestamp, json, size, conflationKey, expiresAt);
    }
}
