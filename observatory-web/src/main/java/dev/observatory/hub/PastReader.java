package dev.observatory.hub;

import dev.observatory.auth.token.Identity;
import dev.observatory.hub.SnapshotSource.State;
import dev.observatory.journal.Cursor;
import dev.observatory.journal.Interest;
import dev.observatory.journal.Journal;
import dev.observatory.journal.Lost;
import dev.observatory.journal.Ousted;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

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

    /**
     * How many messages one command may bring.
     *
     * @param most how many the client may be sent at most because of its rate
     */
    Allowance allowance(int most) {
        return most < maxMessages
                ? new Allowance(most, maxBytes, GapReason.RATE_LIMIT)
                : new Allowance(maxMessages, maxBytes, GapReason.SLOW_CONSUMER);
    }

    /** What was kept for those who come later: the newest that the allowance suffices for; others are told as left out. */
    List<Outgoing> kept(Interest interest, Served served, long before, Allowance allowance) {
        Journal.Later later = journal.later(interest, before);
        List<Ousted> ousted = later.ousted().stream()
                .filter(range -> !served.has(range.channel(), List.of(), range.toPos()))
                .toList();
        return newest(lacking(later.messages(), served, before), ousted, allowance);
    }

    /** What came in a home channel behind a number; the state, and what is kept of it, if that is too much. */
    List<Outgoing> after(Channel channel, Identity reader, long seq, long before, Allowance allowance) {
        long newest = journal.seqAt(channel, before);
        List<Message> messages = new ArrayList<>();
        long last = seq;
        long bytes = 0;
        while (last < newest) {
            // one more than may be sent, to see that it is too much
            int limit = (int) Math.min(newest - last, allowance.messages() - messages.size() + 1);
            List<Message> piece = journal.history(channel, last, limit).messages();
            for (Message message : piece) {
                if (message.seq() <= newest) {
                    messages.add(message);
                    bytes += message.size();
                }
                last = message.seq();
            }
            if (!allowance.sufficesFor(messages.size(), bytes)) {
                return afterTooMuch(channel, reader, seq, newest, before, allowance);
            }
            if (piece.isEmpty()) {
                break;
            }
        }
        allowance.take(messages);
        return withHoles(channel, seq, messages, newest, GapReason.EXPIRED);
    }

    private List<Outgoing> afterTooMuch(
            Channel channel, Identity reader, long seq, long newest, long before, Allowance allowance) {
        List<Message> kept = journal.later((home, views) -> home.equals(channel), before).messages().stream()
                .filter(message -> message.seq() > seq)
                .toList();
        List<Outgoing> frames = new ArrayList<>(state(channel, reader, before));
        frames.addAll(withHoles(channel, seq, allowance.newest(kept), newest, allowance.reason()));
        return frames;
    }

    /** Messages of a home channel behind a number as replays, and up to another what is missing between them. */
    private List<Outgoing> withHoles(Channel channel, long after, List<Message> messages, long to, GapReason reason) {
        List<Outgoing> frames = new ArrayList<>();
        long last = after;
        for (Message message : messages) {
            frames.addAll(lost(channel, last + 1, message.seq() - 1, reason));
            frames.add(replay(message));
            last = message.seq();
        }
        frames.addAll(lost(channel, last + 1, to, reason));
        return frames;
    }

    /** Tells that numbers of a home channel do not come; nothing where there are none. */
    private List<Outgoing> lost(Channel channel, long from, long to, GapReason reason) {
        return from > to ? List.of() : List.of(notice(new Gap(channel.name(), from, to, to - from + 1, reason)));
    }

    private Outgoing notice(Gap gap) {
        return Outgoing.of(writer.control(gap, null));
    }

    /**
     * The newest that the allowance suffices for, behind the notices of those that it does not.
     *
     * @param ousted what is not among the messages any more, which is told in its place
     */
    private List<Outgoing> newest(List<Message> messages, List<Ousted> ousted, Allowance allowance) {
        List<Message> newest = allowance.newest(messages);
        Gaps leftOut = new Gaps();
        messages.subList(0, messages.size() - newest.size())
                .forEach(message -> leftOut.add(message, allowance.reason()));
        List<Told> told = new ArrayList<>();
        ousted.forEach(range -> told.add(new Told(range.toPos(), notice(gap(range)))));
        newest.forEach(message -> told.add(new Told(message.pos(), replay(message))));
        // stable: what had to go comes before the message of the same pos
        told.sort(Comparator.comparingLong(Told::pos));
        long first = newest.isEmpty() ? Long.MAX_VALUE : newest.get(0).pos();
        List<Outgoing> frames = new ArrayList<>();
        told.stream().filter(each -> each.pos() < first).map(Told::frame).forEach(frames::add);
        leftOut.drain().stream().map(this::notice).forEach(frames::add);
        told.stream().filter(each -> each.pos() >= first).map(Told::frame).forEach(frames::add);
        return frames;
    }

    /** A frame in its place. */
    private record Told(long pos, Outgoing frame) {}

    private static Gap gap(Ousted range) {
        return new Gap(range.channel().name(), range.fromSeq(), range.toSeq(), range.count(), GapReason.EXPIRED);
    }

    /**
     * What a client is sent that comes back.
     *
     * @param outcome if it is not complete, the states behind its channels have to follow
     */
    record Return(ResumeOutcome outcome, List<Outgoing> frames) {}

    /**
     * Everything that a client has missed since an earlier connection; where that cannot be, whatever is kept for those who
     * come later.
     *
     * @param subscriptions all that it has now
     * @param request what it asked for
     */
    Return missed(
            Resume command,
            Set<Channel> subscriptions,
            Visibility visibility,
            ChannelRequest request,
            Served served,
            long before,
            Allowance allowance) {
        Interest interest =
                (channel, views) -> visibility.shows(channel, views) && Addresses.reach(subscriptions, channel, views);
        if (!command.epoch().equals(journal.epoch())) {
            List<Missed> missed = request.granted().stream()
                    .map(channel -> new Missed(channel.name(), null, null, null, MissedReason.EPOCH))
                    .toList();
            List<Outgoing> kept = kept(interest, served, before, allowance);
            return resumed(command, request, ResumeOutcome.GAP, missed, kept);
        }
        Cursor cursor = new Cursor(command.high(), command.normal(), command.low());
        Replay replay = journal.replay(cursor, interest, allowance.messages(), allowance.bytes());
        List<Missed> missed = replay.lost().stream().map(PastReader::missed).toList();
        if (!replay.complete()) {
            // too much but for what was kept for those who come later, which is in no state
            List<Outgoing> kept = kept(interest, served, before, allowance);
            return resumed(command, request, ResumeOutcome.SNAPSHOT, missed, kept);
        }
        if (missed.isEmpty()) {
            List<Message> messages = lacking(replay.messages(), served, before);
            List<Outgoing> replays = messages.stream().map(this::replay).toList();
            return resumed(command, request, ResumeOutcome.COMPLETE, missed, replays);
        }
        // the client begins anew, and may have lost what it had of what is kept
        Map<Long, Message> messages = new TreeMap<>();
        replay.messages().forEach(message -> messages.put(message.pos(), message));
        journal.kept(interest).forEach(message -> messages.put(message.pos(), message));
        List<Message> lacking = lacking(List.copyOf(messages.values()), served, before);
        return resumed(command, request, ResumeOutcome.GAP, missed, newest(lacking, List.of(), allowance));
    }

    private Return resumed(
            Resume command, ChannelRequest request, ResumeOutcome outcome, List<Missed> missed, List<Outgoing> past) {
        Resumed answer = new Resumed(
                outcome,
                journal.epoch(),
                (int) past.stream().filter(Outgoing::replay).count(),
                missed,
                request.granted().stream().map(Channel::name).toList(),
                request.refused());
        outcomes.accept(outcome);
        List<Outgoing> frames = new ArrayList<>();
        frames.add(Outgoing.of(writer.control(answer, command.id())));
        frames.addAll(past);
        return new Return(outcome, frames);
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

    private static List<Message> lacking(List<Message> messages, Served served, long before) {
        return messages.stream()
                .filter(message -> message.pos() <= before && !served.has(message))
                .toList();
    }

    private Outgoing replay(Message message) {
        return Outgoing.replay(message, writer.replay(message));
    }
}
