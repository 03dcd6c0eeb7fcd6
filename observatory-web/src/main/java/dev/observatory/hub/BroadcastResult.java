package dev.observatory.hub;

import java.util.Set;

/**
 * What became of a broadcast on this node.
 *
 * @param pos the message's number over all channels
 * @param seq the message's number in its home channel
 * @param matched how many connections it was for
 * @param delivered to how many of them it was handed over completely
 * @param dropped for how many of them it was taken out of the queue, since they could not keep up or had a newer state
 *     coming, which they were told; or since they did not want it any more
 * @param failed the ids of the connections it could not be delivered to
 */
public record BroadcastResult(long pos, long seq, int matched, int delivered, int dropped, Set<String> failed) {

    public BroadcastResult {
        failed = Set.copyOf(failed);
    }
}
