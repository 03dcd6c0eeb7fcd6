package dev.observatory.hub;

import dev.observatory.auth.token.Identity;
import dev.observatory.hub.SnapshotSource.State;
import dev.observatory.journal.Cursor;
import dev.observatory.journal.Interest;
import dev.observatory.journal.Journal;
import dev.observatory.journal.Lost;
import dev.observatory.journal.Replay;
import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import dev.observatory.protocol.Command.Resume;
import dev.observatory.protocol.ControlFrame.Gap;
import dev.observatory.protocol.ControlFrame.Missed;
import dev.observatory.protocol.ControlFrame.Resumed;
import dev.observatory.protocol.GapReason;
import dev.observatory.protocol.MissedReason;
import dev.observatory.protocol.ResumeOutcome;
import dev.observatory.wire.FrameWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Puts together what a client is sent of the past, in the order in which it is to be sent. May block, so it is never
 * called on a loop. Thread-safe.
 *
 * <p>{@code before} is always the number behind which everything reaches the client as a message, so nothing with a
 * higher one is in what is put together as messages here. Nor is what has been {@code served} on this connection.
 */
final class PastReader {

    private final Journal journal;
    private final Iterable<SnapshotSource> sources;
    private final FrameWriter writer;
    private final Consumer<ResumeOutcome> outcomes;
    private final int maxMessages;
    private final long maxBytes;

    /**
     * @param outcomes hears what comes of each attempt to come back
     * @param maxMessages of the messages that were missed, so many are sent at most
     * @param maxBytes and so many bytes of them
     */
    PastReader(
            Journal journal,
            Iterable<SnapshotSource> sources,
            FrameWriter writer,
            Consumer<ResumeOutcome> outcomes,
            int maxMessages,
            long maxBytes) {
        this.journal = journal;
        this.sources = sources;
        this.writer = writer;
        this.outcomes = outcomes;
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** The state behind a channel. */
    List<Outgoing> state(Channel channel, Identity reader, long before) {
        // first the number, then the state: whatever is told was stored before, so everything up to the number is in it
        long pos = journal.pos();
        for (SnapshotSource source : sources) {
            Optional<State> state = source.state(channel, reader);
            if (state.isPresent()) {
                return frames(
                        channel,
                        writer.snapshot(
                                channel, pos, state.get().items(), state.get().omitted()));
            }
        }
        // nothing is in no state: with the later number a client would take messages for included that are not
        return frames(channel, writer.snapshot(channel, before, List.of(), 0));
    }

    /** What was kept for those who come later. */
    List<Outgoing> kept(Interest interest, Predicate<Message> served, long before) {
        return replays(journal.kept(interest), served, before);
    }

    /**
     * What came in a home channel behind a number; the state if that is too much.
     *
     * @param most how many messages the client may be sent at most
     */
    List<Outgoing> after(Channel channel, Identity reader, long seq, long before, int most) {
        long newest = journal.seq(channel);
        List<Outgoing> frames = new ArrayList<>();
        long last = seq;
        int count = 0;
        long bytes = 0;
        for (List<Message> piece = behind(channel, last); !piece.isEmpty(); piece = behind(channel, last)) {
            for (Message message : piece) {
                count++;
                bytes += message.size();
                if (count > Math.min(maxMessages, most) || bytes > maxBytes) {
                    return state(channel, reader, before);
                }
                frames.addAll(lost(channel, last + 1, message.seq() - 1));
                frames.addAll(replays(List.of(message), any -> false, before));
                last = message.seq();
            }
        }
        frames.addAll(lost(channel, last + 1, newest));
        return frames;
    }

    private List<Message> behind(Channel channel, long seq) {
        return journal.history(channel, seq, maxMessages).messages();
    }

    /** Tells that numbers of a home channel are gone; nothing where there are none. */
    private List<Outgoing> lost(Channel channel, long from, long to) {
        if (from > to) {
            return List.of();
        }
        Gap gap = new Gap(channel.name(), from, to, to - from + 1, GapReason.EXPIRED);
        return List.of(Outgoing.of(writer.control(gap, null)));
    }

    /**
     * Everything that a client has missed since an earlier connection, or the state where that cannot be.
     *
     * @param subscriptions all that it has now
     * @param request what it asked for
     * @param most how many messages it may be sent at most
     */
    List<Outgoing> missed(
            Resume command,
            Set<Channel> subscriptions,
            Visibility visibility,
            ChannelRequest request,
            Predicate<Message> served,
            long before,
            int most) {
        Interest interest =
                (channel, views) -> visibility.shows(channel, views) && Addresses.reach(subscriptions, channel, views);
        if (!command.epoch().equals(journal.epoch())) {
            List<Missed> missed = request.granted().stream()
                    .map(channel -> new Missed(channel.name(), null, null, null, MissedReason.EPOCH))
                    .toList();
            List<Outgoing> kept = kept(interest, served, before);
            return resumed(command, request, ResumeOutcome.GAP, missed, kept, visibility.identity(), before);
        }
        Cursor cursor = new Cursor(command.high(), command.normal(), command.low());
        Replay replay = journal.replay(cursor, interest, Math.min(maxMessages, most), maxBytes);
        List<Missed> missed = replay.lost().stream().map(PastReader::missed).toList();
        if (!replay.complete()) {
            // too much but for what was kept for those who come later, which is in no state
            List<Message> later = journal.kept(interest).stream()
                    .filter(message ->
                            message.pos() > cursor.of(message.channel().priority()))
                    .toList();
            List<Outgoing> replays = replays(later, served, before);
            return resumed(command, request, ResumeOutcome.SNAPSHOT, missed, replays, visibility.identity(), before);
        }
        ResumeOutcome outcome = missed.isEmpty() ? ResumeOutcome.COMPLETE : ResumeOutcome.GAP;
        List<Outgoing> replays = replays(replay.messages(), served, before);
        return resumed(command, request, outcome, missed, replays, visibility.identity(), before);
    }

    private List<Outgoing> resumed(
            Resume command,
            ChannelRequest request,
            ResumeOutcome outcome,
            List<Missed> missed,
            List<Outgoing> replays,
            Identity reader,
            long before) {
        Resumed answer = new Resumed(
                outcome,
                journal.epoch(),
                replays.size(),
                missed,
                request.granted().stream().map(Channel::name).toList(),
                request.refused());
        outcomes.accept(outcome);
        List<Outgoing> frames = new ArrayList<>();
        frames.add(Outgoing.of(writer.control(answer, command.id())));
        frames.addAll(replays);
        if (outcome != ResumeOutcome.COMPLETE) {
            request.granted().forEach(channel -> frames.addAll(state(channel, reader, before)));
        }
        return frames;
    }

    /** A piece of a channel's past. */
    String history(Channel channel, long afterSeq, int limit, String replyTo) {
        return writer.history(channel, journal.history(channel, afterSeq, limit), replyTo);
    }

    private static Missed missed(Lost lost) {
        boolean known = lost.fromSeq() > 0;
        return new Missed(
                lost.channel().name(),
                known ? lost.fromSeq() : null,
                lost.toSeq(),
                known ? lost.count() : null,
                MissedReason.RETENTION);
    }

    private static List<Outgoing> frames(Channel channel, List<String> state) {
        return state.stream().map(text -> Outgoing.state(channel, text)).toList();
    }

    private List<Outgoing> replays(List<Message> messages, Predicate<Message> served, long before) {
        return messages.stream()
                .filter(message -> message.pos() <= before && !served.test(message))
                .map(message -> Outgoing.replay(message, writer.replay(message)))
                .toList();
    }
}
