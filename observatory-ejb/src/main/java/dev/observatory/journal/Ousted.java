package dev.observatory.journal;

import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import java.time.Instant;

/**
 * Messages of a home channel that were to be kept for those who come later, and had to go before they expired, for want
 * of room. No message that is still kept lies in the range. Immutable.
 *
 * @param fromSeq the first
 * @param toSeq the last
 * @param toPos the pos of the last
 * @param count how many; others of the range were not to be kept
 * @param expiresAt when the last of them would have expired: until then it is told
 */
public record Ousted(Channel channel, long fromSeq, long toSeq, long toPos, long count, Instant expiresAt) {

    static Ousted of(Message message) {
        return new Ousted(message.channel(), message.seq(), message.seq(), message.pos(), 1, message.expiresAt());
    }

    /** This and what lies behind it. */
    Ousted and(Ousted next) {
        Instant last = expiresAt.isAfter(next.expiresAt) ? expiresAt : next.expiresAt;
        return new Ousted(channel, fromSeq, next.toSeq, next.toPos, count + next.count, last);
    }

    /** The part up to a number. */
    Ousted upTo(long seq, long pos) {
        return new Ousted(channel, fromSeq, seq, pos, Math.min(count, seq - fromSeq + 1), expiresAt);
    }

    boolean isOver(Instant now) {
        return !expiresAt.isAfter(now);
    }
}
