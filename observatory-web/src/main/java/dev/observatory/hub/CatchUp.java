package dev.observatory.hub;

import dev.observatory.hub.SnapshotSource.State;
import dev.observatory.journal.Journal;
import dev.observatory.journal.Journal.History;
import dev.observatory.message.Channel;
import dev.observatory.protocol.CommandRefusal;
import dev.observatory.protocol.ErrorCode;
import dev.observatory.wire.FrameWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Fetches what lies in the past without holding up a loop: the connection is registered first, so from then on its
 * messages are parked; the state is read after that; what was parked follows the state. So there is no hole between
 * the two. Thread-safe.
 */
final class CatchUp {

    private static final Logger LOG = System.getLogger(CatchUp.class.getName());

    private final Journal journal;
    private final Iterable<SnapshotSource> sources;
    private final FrameWriter writer;
    private final Executor background;

    CatchUp(Journal journal, Iterable<SnapshotSource> sources, FrameWriter writer, Executor background) {
        this.journal = journal;
        this.sources = sources;
        this.writer = writer;
        this.background = background;
    }

    /** Sends a connection the state behind channels that it is subscribed to already. On the connection's loop. */
    void snapshots(Connection connection, List<Channel> channels) {
        connection.catchUpBegins();
        long before = connection.loop().routedTo();
        List<Outgoing> frames = new ArrayList<>();
        Runnable end = () -> connection.loop().execute(() -> connection.caughtUp(frames));
        try {
            background.execute(() -> {
                try {
                    channels.forEach(channel ->
                            guarded(() -> snapshot(channel, before), "the state of " + channel, null).stream()
                                    .map(Outgoing::of)
                                    .forEach(frames::add));
                } finally {
                    // whatever happens: until then the connection's messages are parked
                    end.run();
                }
            });
        } catch (RejectedExecutionException e) {
            end.run();
            throw e;
        }
    }

    /** Sends a connection the state behind all of its channels. On the connection's loop. */
    void snapshots(Connection connection) {
        snapshots(connection, List.copyOf(connection.subscriptions()));
    }

    /** Answers a request for a piece of a channel's past. */
    void history(Connection connection, Channel channel, long afterSeq, int limit, String replyTo) {
        background.execute(() -> {
            List<String> frames = guarded(
                    () -> {
                        History history = journal.history(channel, afterSeq, limit);
                        return List.of(writer.history(channel, history, replyTo));
                    },
                    "the history of " + channel,
                    replyTo);
            connection.loop().execute(() -> frames.forEach(connection::answer));
        });
    }

    /**
     * The state behind a channel.
     *
     * @param before everything behind this number reaches the connection as a message
     */
    private List<String> snapshot(Channel channel, long before) {
        // first the number, then the state: whatever is told was stored before, so everything up to the number is in it
        long pos = journal.pos();
        for (SnapshotSource source : sources) {
            Optional<State> state = source.state(channel);
            if (state.isPresent()) {
                return writer.snapshot(
                        channel, pos, state.get().items(), state.get().omitted());
            }
        }
        // nothing is in no state: with the later number a client would take messages for included that are not
        return writer.snapshot(channel, before, List.of(), 0);
    }

    /** A source that fails costs an error answer, not the connection. */
    private List<String> guarded(Supplier<List<String>> frames, String what, String replyTo) {
        try {
            return frames.get();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "fetching " + what + " failed", e);
            String message = what + " cannot be told because of a fault in the server; try again later";
            return List.of(writer.refusal(new CommandRefusal(replyTo, ErrorCode.INTERNAL, message, null)));
        }
    }
}
