package dev.observatory.journal;

import dev.observatory.message.Channel;

/**
 * Messages of a home channel that an asker wanted and that are not kept any more.
 *
 * @param fromSeq the first; 0 when even the numbers are forgotten. Then it is known that the one with {@code toSeq} is
 *     among the lost and that none behind it is, but not which before it are, and {@code count} is 0
 * @param toSeq the last
 * @param count how many, all of the range; 0 when that is unknown
 */
public record Lost(Channel channel, long fromSeq, long toSeq, long count) {

    static Lost range(Channel channel, long fromSeq, long toSeq) {
        return new Lost(channel, fromSeq, toSeq, toSeq - fromSeq + 1);
    }

    static Lost unknown(Channel channel, long toSeq) {
        return new Lost(channel, 0, toSeq, 0);
    }
}
