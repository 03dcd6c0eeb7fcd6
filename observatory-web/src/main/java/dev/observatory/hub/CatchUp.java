package dev.observatory.hub;

import dev.observatory.auth.token.Identity;
import dev.observatory.journal.Interest;
import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import dev.observatory.protocol.Command.Resume;
import dev.observatory.protocol.CommandRefusal;
import dev.observatory.protocol.ErrorCode;
import dev.observatory.wire.FrameWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Fetches what lies in the past without holding up a loop: the connection is registered first, so from then on its
 * messages are parked; the past is read after that; what was parked follows it. So there is neither a hole between the
 * two nor a message in both. Called on the connection's loop.
 */
final class CatchUp {

    private static final Logger LOG = System.getLogger(CatchUp.class.getName());

    private final PastReader past;
    private final FrameWriter writer;
    private final Executor background;

    /** Something that is to be fetched. */
    private record Piece(String what, String replyTo, Supplier<List<Outgoing>> frames) {}

    CatchUp(PastReader past, FrameWriter writer, Executor background) {
        this.past = past;
        this.writer = writer;
        this.background = background;
    }

    /** A connection begins: it gets the state behind its channels, and what was kept for those who come later. */
    void opened(Connection connection, List<Channel> channels) {
        fetchUnasked(connection, fresh(connection, channels, (channel, views) -> true));
    }

    /**
     * Further channels.
     *
     * @param after of some of them, the last number that the client has; it gets what came behind it and not the state
     */
    void subscribed(Connection connection, List<Channel> channels, Map<Channel, Long> after) {
        long before = connection.loop().routedTo();
        List<Channel> fresh =
                channels.stream().filter(channel -> !after.containsKey(channel)).toList();
        Identity reader = connection.visibility().identity();
        int most = connection.mostReplays();
        List<Piece> pieces = fresh(connection, fresh, (channel, views) -> !channel.equals(Channel.EVERYONE));
        after.forEach((channel, seq) -> pieces.add(
                new Piece("what came in " + channel, null, () -> past.after(channel, reader, seq, before, most))));
        fetch(connection, pieces);
    }

    private List<Piece> fresh(Connection connection, List<Channel> channels, Interest besides) {
        long before = connection.loop().routedTo();
        Set<Channel> wanted = Set.copyOf(channels);
        Predicate<Message> served = connection.served();
        Visibility visibility = connection.visibility();
        List<Piece> pieces = states(connection, channels);
        pieces.add(new Piece(
                "what was kept",
                null,
                () -> past.kept(
                        (channel, views) -> besides.wants(channel, views)
                                && visibility.shows(channel, views)
                                && Addresses.reach(wanted, channel, views),
                        served,
                        before)));
        return pieces;
    }

    /** The state behind all of a connection's channels once more. */
    void restate(Connection connection) {
        fetchUnasked(connection, states(connection, List.copyOf(connection.subscriptions())));
    }

    private List<Piece> states(Connection connection, List<Channel> channels) {
        long before = connection.loop().routedTo();
        Identity reader = connection.visibility().identity();
        List<Piece> pieces = new ArrayList<>();
        channels.forEach(channel ->
                pieces.add(new Piece("the state of " + channel, null, () -> past.state(channel, reader, before))));
        return pieces;
    }

    /** What a client has missed that was connected before. */
    void resume(Connection connection, Resume command, ChannelRequest request) {
        long before = connection.loop().routedTo();
        Set<Channel> subscriptions = Set.copyOf(connection.subscriptions());
        Visibility visibility = connection.visibility();
        Predicate<Message> served = connection.served();
        int most = connection.mostReplays();
        fetch(
                connection,
                List.of(new Piece(
                        "what was missed",
                        command.id(),
                        () -> past.missed(command, subscriptions, visibility, request, served, before, most))));
    }

    /** Answers a request for a piece of a channel's past. */
    void history(Connection connection, Channel channel, long afterSeq, int limit, String replyTo) {
        Piece piece = new Piece(
                "the history of " + channel,
                replyTo,
                () -> List.of(Outgoing.of(past.history(channel, afterSeq, limit, replyTo))));
        background.execute(() -> {
            List<Outgoing> frames = guarded(piece);
            connection.loop().execute(() -> frames.forEach(connection::answer));
        });
    }

    /** There is no command that could be answered when it fails. */
    private void fetchUnasked(Connection connection, List<Piece> pieces) {
        try {
            fetch(connection, pieces);
        } catch (RejectedExecutionException e) {
            connection.answer(fault(new Piece("the state", null, List::of), e));
        }
    }

    private void fetch(Connection connection, List<Piece> pieces) {
        connection.catchUpBegins();
        Visibility visibility = connection.visibility();
        List<Outgoing> frames = new ArrayList<>();
        Runnable end = () -> connection.loop().execute(() -> connection.caughtUp(frames, visibility));
        try {
            background.execute(() -> {
                try {
                    pieces.forEach(piece -> frames.addAll(guarded(piece)));
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

    /** What fails costs an error answer, not the connection. */
    private List<Outgoing> guarded(Piece piece) {
        try {
            return piece.frames().get();
        } catch (RuntimeException e) {
            return List.of(fault(piece, e));
        }
    }

    private Outgoing fault(Piece piece, RuntimeException fault) {
        LOG.log(Level.ERROR, "fetching " + piece.what() + " failed", fault);
        String message = piece.what() + " cannot be told because of a fault in the server; try again later";
        CommandRefusal refusal = new CommandRefusal(piece.replyTo(), ErrorCode.INTERNAL, message, null);
        return Outgoing.of(writer.refusal(refusal));
    }
}
