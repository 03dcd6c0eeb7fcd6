package dev.observatory.rest;

import dev.observatory.journal.Journal;
import dev.observatory.message.Channel;
import jakarta.ws.rs.core.Response.Status;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Bounds how many channels there are, since those that broadcasts name keep their numbers as long as the epoch lasts. Whoever
 * is let through at the same moment is not counted, so there may be a few more. Thread-safe.
 */
final class ChannelLimit {

    private final Journal journal;
    private final int max;

    /** @param max how many channels there may be, of all kinds */
    ChannelLimit(Journal journal, int max) {
        this.journal = journal;
        this.max = max;
    }

    /**
     * Lets channels through that something is to be broadcast to.
     *
     * @throws InvalidParameterException 409 when some are new and would be too many
     */
    void admit(Set<Channel> channels) {
        Set<Channel> fresh =
                channels.stream().filter(channel -> journal.seq(channel) == 0).collect(Collectors.toSet());
        if (!fresh.isEmpty() && journal.channels() + fresh.size() > max) {
            throw new InvalidParameterException(
                    Status.CONFLICT,
                    "channel",
                    "nothing was broadcast to " + fresh.iterator().next() + " before, and there are "
                            + journal.channels() + " channels already, of " + max
                            + " at most (observatory.broadcast.max-channels)");
        }
    }
}
