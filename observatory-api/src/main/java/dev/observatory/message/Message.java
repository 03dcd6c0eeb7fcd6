package dev.observatory.message;

import java.time.Instant;
import java.util.List;

/**
 * A draft that the journal has numbered and written as JSON: what is delivered, and kept for those who ask for it
 * later. {@code (channel, seq)} names it for ever within an epoch.
 *
 * @param draftId the id of the draft it was made of
 * @param channel the home channel
 * @param views further channels whose subscribers receive it
 * @param seq the number in the home channel: 1, 2, 3 … without holes while the epoch lasts
 * @param pos the number over all channels, rising
 * @param timestamp when it got its numbers, to the millisecond
 * @param json the whole frame as one JSON object, without line feeds, encoded once for all clients
 * @param size the length of {@code json} in UTF-8, bytes
 * @param conflationKey of what it is the whole state, within the home channel; null when it is none
 * @param expiresAt until when it is also delivered to clients that come later; null when it is only for those who are
 *     there
 */
public record Message(
        String draftId,
        String type,
        Channel channel,
        List<Channel> views,
        long seq,
        long pos,
        Instant timestamp,
        String json,
        int size,
        String conflationKey,
        Instant expiresAt) {}
