package dev.observatory.hub;

import dev.observatory.auth.token.Identity;
import dev.observatory.journal.Interest;
import dev.observatory.message.Channel;
import dev.observatory.protocol.Command.Resume;
import dev.observatory.protocol.CommandRefusal;
import dev.observatory.protocol.ErrorCode;
import dev.observatory.protocol.ResumeOutcome;
import dev.observatory.wire.FrameWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Fetches what lies in the past without holding up a loop: the connection is registered first, so from then on its
 * messages are parked; the past is read after that; what was parked follows it. So there is neither a hole between the
 * two nor a message in both. What one connection asks for comes in that order. Called on the connection's loop.
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
        fetch(connection, fresh(connection, channels, (channel, views) -> true, allowance(connection)));
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
        Allowance allowance = allowance(connection);
        List<Piece> pieces = fresh(connection, fresh, (channel, views) -> !channel.equals(Channel.EVERYONE), allowance);
        after.forEach((channel, seq) -> pieces.add(
                new Piece("what came in " + channel, null, () -> past.after(channel, reader, seq, before, allowance))));
        fetch(connection, pieces);
    }

    private Allowance allowance(Connection connection) {
        return past.allowance(connection.mostReplays());
    }

    private List<Piece> fresh(Connection connection, List<Channel> channels, Interest besides, Allowance allowance) {
        long before = connection.loop().routedTo();
        Set<Channel> wanted = Set.copyOf(channels);
        Served served = connection.served();
        Visibility visibility = connection.visibility();
        List<Piece> pieces = states(connection, channels, before);
        pieces.add(new Piece(
                "what was kept",
                null,
                () -> past.kept(
                        (channel, views) -> besides.wants(channel, views)
                                && visibility.shows(channel, views)
                                && Addresses.reach(wanted, channel, views),
                        served,
                        before,
                        allowance)));
        return pieces;
    }

    /** The state behind all of a connection's channels once more. */
    void restate(Connection connection) {
        long before = connection.loop().routedTo();
        boolean waits = connection.fetches().addRestate(() -> {
            Visibility visibility = connection.visibility();
            begin(
                    connection,
                    states(connection, List.copyOf(connection.subscriptions()), before),
                    frames -> connection.caughtUp(frames, visibility));
        });
        if (waits) {
            connection.catchUpBegins();
        }
    }

    private List<Piece> states(Connection connection, List<Channel> channels, long before) {
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
        Served served = connection.served();
        Allowance allowance = allowance(connection);
        List<Piece> states = states(connection, request.granted(), before);
        fetch(connection, List.of(new Piece("what was missed", command.id(), () -> {
            PastReader.Return back =
                    past.missed(command, subscriptions, visibility, request, served, before, allowance);
            List<Outgoing> frames = new ArrayList<>(back.frames());
            if (back.outcome() != ResumeOutcome.COMPLETE) {
                states.forEach(state -> frames.addAll(guarded(state)));
            }
            return frames;
        })));
    }

    /** Answers a request for a piece of a channel's past. */
    void history(Connection connection, Channel channel, long afterSeq, int limit, String replyTo) {
        Piece piece = new Piece(
                "the history of " + channel,
                replyTo,
                () -> List.of(Outgoing.of(past.history(channel, afterSeq, limit, replyTo))));
        connection.fetches().add(() -> begin(connection, List.of(piece), connection::fetched));
    }

    private void fetch(Connection connection, List<Piece> pieces) {
        if (pieces.isEmpty()) {
            return;
        }
        connection.catchUpBegins();
        Visibility visibility = connection.visibility();
        Consumer<List<Outgoing>> arrival = frames -> connection.caughtUp(frames, visibility);
        connection.fetches().add(() -> begin(connection, pieces, arrival));
    }

    private void begin(Connection connection, List<Piece> pieces, Consumer<List<Outgoing>> arrival) {
        List<Outgoing> frames = new ArrayList<>();
        // whatever happens: until then the connection's messages are parked
        Runnable end = () -> connection.loop().execute(() -> arrival.accept(frames));
        try {
            background.execute(() -> {
                try {
                    for (Piece piece : pieces) {
                        if (!connection.fetches().haveEnded()) {
                            frames.addAll(guarded(piece));
                        }
                    }
                } finally {
                    end.run();
                }
            });
        } catch (RejectedExecutionException e) {
            pieces.stream().findFirst().map(piece -> fault(piece, e)).ifPresent(frames::add);
            end.run();
        }
    }

    /** What fails costs an error answer, not the connection; an Error too, or the client would never hear of it. */
    private List<Outgoing> guarded(Piece piece) {
        try {
            return piece.frames().get();
        } catch (RuntimeException | Error e) {
            return List.of(fault(piece, e));
        }
    }

    private Outgoing fault(Piece piece, Throwable fault) {
        LOG.log(Level.ERROR, "fetching " + piece.what() + " failed", fault);
        String message = piece.what() + " cannot be told because of a fault in the server; try again later";
        CommandRefusal refusal = new CommandRefusal(piece.replyTo(), ErrorCode.INTERNAL, message, null);
        return Outgoing.of(writer.refusal(refusal));
    }
}
