package dev.observatory.hub;

import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import dev.observatory.protocol.ControlFrame.Gap;
import dev.observatory.protocol.GapReason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * What one client is owed and has not been sent. Confined to the connection's loop.
 *
 * <p>A client that cannot keep up costs what this may hold and nobody else any time. It is helped in steps, each of which
 * it is told by a notice of a gap: states that newer ones follow are left out, then messages of low priority, then
 * everything, and the state is sent again; if it has not read anything until the next time, it cannot be helped.
 */
final class Backlog {

    private static final Logger LOG = System.getLogger(Backlog.class.getName());

    private final String connectionId;
    private final HubMeters meters;
    private final Outbox outbox;

    /** Messages that came while the state before them was still being fetched. */
    private final Outbox parked;

    /** Sends what the network takes at once; says whether the connection is still there. */
    private final BooleanSupplier sendEarly;

    /** Whether no send is under way. */
    private final BooleanSupplier idle;

    /** Has the state behind the client's channels fetched once more. */
    private final Runnable restate;

    /** For how many things of the past messages wait. */
    private int catchUps;

    /** Whether everything was left out, and neither the state instead of it nor anything else has been sent since. */
    private boolean stuck;

    /** Whether messages wait because of the rate. */
    private boolean throttled;

    Backlog(
            String connectionId,
            HubSettings settings,
            HubMeters meters,
            Function<Gap, Outgoing> notice,
            BooleanSupplier sendEarly,
            BooleanSupplier idle,
            Runnable restate) {
        this.connectionId = connectionId;
        this.meters = meters;
        this.sendEarly = sendEarly;
        this.idle = idle;
        this.restate = restate;
        outbox = new Outbox(settings.queueBytes(), settings.queueMessages(), notice, this::lost);
        parked = new Outbox(settings.queueBytes(), settings.queueMessages(), notice, this::lost);
    }

    /**
     * Queues an answer or a notice.
     *
     * @return false when the client cannot be helped any more; then the frame was not taken
     */
    boolean answer(Outgoing frame) {
        return offer(outbox, frame);
    }

    /**
     * Queues a message, behind the state that it builds upon.
     *
     * @return false when the client cannot be helped any more; then the message was not taken
     */
    boolean deliver(Outgoing message) {
        return offer(catchUps > 0 ? parked : outbox, message);
    }

    /** Queues what was fetched of the past. */
    void bring(List<Outgoing> fetched) {
        outbox.bring(fetched);
    }

    /** Whether nothing waits that was fetched of the past. */
    boolean pastHasLeft() {
        return outbox.pastFrames() == 0;
    }

    /** From now on messages wait until the past that is before them has left. */
    void catchUpBegins() {
        catchUps++;
    }

    /**
     * The past has left; what has waited for it follows, unless it waits for more of it, too.
     *
     * @return false when the client cannot be helped any more
     */
    boolean caughtUp() {
        catchUps--;
        if (catchUps > 0) {
            return true;
        }
        outbox.join(parked);
        GapReason reason = reason();
        return outbox.makeRoom(reason) || sendEarly.getAsBoolean() && (outbox.makeRoom(reason) || startOver(reason));
    }

    private GapReason reason() {
        return throttled ? GapReason.RATE_LIMIT : GapReason.SLOW_CONSUMER;
    }

    /** Takes out what waits of a home channel, without a word: the client has it, or it is going to be sent again. */
    void forget(Channel channel) {
        outbox.forget(channel);
        parked.forget(channel);
    }

    /** Whether nothing waits but what waits for the past. */
    boolean nothingToSend() {
        return outbox.isEmpty();
    }

    /**
     * Takes out what is not for the client any more, without a word.
     *
     * @param held whether the state behind a channel is wanted
     */
    void retain(Predicate<Message> wanted, Predicate<Channel> held) {
        outbox.retain(wanted, held);
        parked.retain(wanted, held);
    }

    /** What goes out next, see {@link Outbox#next}. */
    List<Outgoing> next(int batchBytes, int messages, Predicate<Outgoing> alone) {
        return outbox.next(batchBytes, messages, alone);
    }

    /** The client has read something. */
    void sent() {
        if (catchUps == 0) {
            stuck = false;
        }
    }

    /**
     * The rate allows nothing more for now.
     *
     * @param messagesPerSecond of more than so many, states that newer ones follow are left out
     * @return whether anything waits for it
     */
    boolean throttle(int messagesPerSecond) {
        throttled = !outbox.isEmpty();
        if (throttled && outbox.frames() > messagesPerSecond) {
            outbox.conflate();
        }
        return throttled;
    }

    /**
     * Leaves out all messages that wait and has the state fetched again instead.
     *
     * @return false when that was to no avail before
     */
    boolean startOver(GapReason reason) {
        if (stuck && idle.getAsBoolean() && outbox.isEmpty()) {
            // it has read all that it was given, and the state is still being fetched
            parked.clear(reason);
            return true;
        }
        if (stuck) {
            return false;
        }
        stuck = true;
        LOG.log(Level.INFO, "connection {0} cannot keep up ({1}), the state is sent again", connectionId, reason);
        outbox.clear(reason);
        outbox.tellGaps();
        // told when it is joined: before it comes the past that it waits for
        parked.clear(reason);
        outbox.retain(message -> true, channel -> false);
        restate.run();
        return true;
    }

    private boolean offer(Outbox box, Outgoing frame) {
        GapReason reason = reason();
        if (box.offer(frame, reason)) {
            return true;
        }
        // loops do many tasks before they send, and a client is not slow because they do
        if (box == outbox && !sendEarly.getAsBoolean()) {
            return false;
        }
        return box.offer(frame, reason) || startOver(reason) && box.offer(frame, reason);
    }

    /** A message was taken out; a notice will tell. */
    private void lost(Outgoing message, GapReason reason) {
        message.dropped();
        if (reason == GapReason.CONFLATED) {
            meters.conflated(1);
        } else {
            meters.dropped(message.message().channel().priority(), reason, 1);
        }
    }

    /** When the message that may be sent next and has waited longest was queued, {@link System#nanoTime}. */
    OptionalLong oldestToSend() {
        return outbox.oldest();
    }

    /** When the message that has waited longest was queued, {@link System#nanoTime}. */
    OptionalLong oldest() {
        return LongStream.concat(outbox.oldest().stream(), parked.oldest().stream())
                .reduce((a, b) -> a - b < 0 ? a : b);
    }

    int frames() {
        return outbox.frames() + outbox.pastFrames() + parked.frames();
    }

    /** The size of all that waits, bytes of UTF-8. */
    long bytes() {
        return outbox.bytes() + outbox.pastBytes() + parked.bytes();
    }

    /** Empties it. */
    List<Outgoing> drain() {
        List<Outgoing> all = new ArrayList<>(outbox.drain());
        all.addAll(parked.drain());
        return all;
    }
}
