package dev.observatory.journal;

import java.time.Instant;

/**
 * How the writing behind goes. Immutable.
 *
 * @param checkedAt when it last showed a sign of life
 * @param trouble why nothing is written just now, null when something is
 * @param isTaken whether the trouble is another process that uses the same database; then it lasts until a new start
 * @param pos the number of the last message
 * @param writtenTo the number of the last message in the store
 * @param messages how many messages are in memory
 * @param bytes their size, bytes of UTF-8
 * @param channels how many channels have numbers
 * @param ousted how many messages for those who come later had to go before they expired, for want of room
 * @param oustedAt when one had to the last time, null when none had
 */
public record JournalStatus(
        Instant checkedAt,
        String trouble,
        boolean isTaken,
        long pos,
        long writtenTo,
        int messages,
        long bytes,
        int channels,
        long ousted,
        Instant oustedAt) {

    /** How many messages are to be written yet: what has left the memory before that never is. */
    public long lag() {
        return Math.min(pos - writtenTo, messages);
    }
}
