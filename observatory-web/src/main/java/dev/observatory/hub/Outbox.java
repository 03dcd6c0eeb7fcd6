package dev.observatory.hub;

import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import dev.observatory.message.Priority;
import dev.observatory.protocol.ControlFrame.Gap;
import dev.observatory.protocol.GapReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What waits to be sent to one client. Confined to the connection's loop.
 *
 * <p>Answers and notices go first, in order; then what was fetched of the past, in order; then messages, one lane for each
 * priority: a lane keeps its order, and a higher one overtakes. What is taken out of a lane to make room is told by a gap
 * notice, which goes out in its place among the messages of its channel.
 *
 * <p>Answers and messages are bounded in bytes and frames. The past is not: it comes all at once, one fetch at a time, and a
 * client that reads it as fast as it can is not slow because there is much of it.
 *
 * <p>A full outbox is a value, not an exception: its owner decides what becomes of a client that cannot keep up. A frame
 * that alone exceeds the bytes is taken while nothing else waits, so that a large message can be delivered.
 */
final class Outbox {

    private final long maxBytes;
    private final int maxFrames;
    private final Function<Gap, Outgoing> notice;
    private final Deque<Outgoing> answers = new ArrayDeque<>();
    private final Map<Priority, Lane> lanes = new EnumMap<>(Priority.class);
    private long answerBytes;
    private final Deque<Outgoing> past = new ArrayDeque<>();

    /** How many messages have been taken on since states were conflated last. */
    private int sinceConflated;

    /**
     * @param notice writes the notice of a gap
     * @param losses hears of each message that will not be delivered, and why
     */
    Outbox(long maxBytes, int maxFrames, Function<Gap, Outgoing> notice, BiConsumer<Outgoing, GapReason> losses) {
        this.maxBytes = maxBytes;
        this.maxFrames = maxFrames;
        this.notice = notice;
        // in the order of the enum, the highest first
        for (Priority priority : Priority.values()) {
            lanes.put(priority, new Lane(losses));
        }
    }

    /**
     * Puts a frame behind those of its kind. Makes room first where there is none: states that newer ones follow go, then
     * the lowest lane.
     *
     * @param reason why there would be no room
     * @return false when it is full all the same and the frame was not taken
     */
    boolean offer(Outgoing frame, GapReason reason) {
        if (!makeRoom(() -> fits(frame), reason)) {
            return false;
        }
        add(frame);
        return true;
    }

    private boolean fits(Outgoing frame) {
        return frames() == 0 || bytes() + frame.size() <= maxBytes && frames() < maxFrames;
    }

    /** Puts in what was fetched of the past, behind what was before. */
    void bring(List<Outgoing> fetched) {
        past.addAll(fetched);
    }

    /** How much of the past waits, frames. */
    int pastFrames() {
        return past.size();
    }

    /** The size of it, bytes of UTF-8. */
    long pastBytes() {
        return past.stream().mapToLong(Outgoing::size).sum();
    }

    /** Takes over all messages that another one has, behind what is in this one. It may be too full then. */
    void join(Outbox other) {
        lanes.forEach((priority, lane) -> lane.join(other.lanes.get(priority)));
        sinceConflated += other.sinceConflated;
        other.sinceConflated = 0;
    }

    /**
     * Makes room where there is too much, as for a frame.
     *
     * @return false when there still is
     */
    boolean makeRoom(GapReason reason) {
        return makeRoom(this::isWithinBounds, reason);
    }

    private boolean makeRoom(BooleanSupplier isEnough, GapReason reason) {
        if (!isEnough.getAsBoolean()) {
            conflate();
        }
        if (!isEnough.getAsBoolean()) {
            lanes.get(Priority.LOW).clear(reason);
        }
        return isEnough.getAsBoolean();
    }

    private boolean isWithinBounds() {
        return frames() <= 1 || bytes() <= maxBytes && frames() <= maxFrames;
    }

    /** Takes out the messages of a home channel, replays too, and what would be told of those taken out before. */
    void forget(Channel channel) {
        lanes.get(channel.priority()).forget(channel);
        past.removeIf(
                frame -> frame.message() != null && frame.message().channel().equals(channel));
    }

    private void add(Outgoing frame) {
        if (frame.inLane()) {
            lanes.get(frame.message().channel().priority()).add(frame);
            sinceConflated++;
        } else {
            answers.addLast(frame);
            answerBytes += frame.size();
        }
    }

    /** Takes out states that newer ones follow; not again before much has come since, so that it costs little. */
    void conflate() {
        if (sinceConflated > frames() / 4) {
            sinceConflated = 0;
            lanes.values().forEach(Lane::conflate);
        }
    }

    /** Takes out all messages, to be told of in their places. */
    void clear(GapReason reason) {
        lanes.values().forEach(lane -> lane.clear(reason));
    }

    /** What has been taken out so far is told behind the past that waits. */
    void tellGaps() {
        lanes.values().forEach(lane -> lane.takeGaps().stream().map(notice).forEach(past::add));
    }

    /**
     * Takes out what the client does not want any more, or may not see, without a word.
     *
     * @param held whether the state behind a channel is wanted
     */
    void retain(Predicate<Message> wanted, Predicate<Channel> held) {
        lanes.values().forEach(lane -> lane.retain(wanted));
        past.removeIf(frame -> frame.stateOf() != null
                ? !held.test(frame.stateOf())
                : frame.message() != null && !wanted.test(frame.message()));
    }

    /**
     * Takes what goes out next: the first frame and as many after it as fit together into {@code batchBytes}.
     *
     * @param batchBytes 0 for one frame at a time
     * @param messages how many messages at most; answers and notices are not counted
     * @param alone which frames go alone
     * @return empty when there is nothing that may go
     */
    List<Outgoing> next(int batchBytes, int messages, Predicate<Outgoing> alone) {
        List<Outgoing> batch = new ArrayList<>();
        long size = -1;
        int left = messages;
        for (Outgoing frame = peek(left); frame != null; frame = peek(left)) {
            if (!batch.isEmpty()
                    && (size + 1 + frame.size() > batchBytes || alone.test(frame) || alone.test(batch.get(0)))) {
                break;
            }
            size += 1 + frame.size();
            batch.add(take(frame));
            left -= frame.message() == null ? 0 : 1;
        }
        return batch;
    }

    /** The next frame that may go; null when there is none. */
    private Outgoing peek(int messages) {
        if (!answers.isEmpty()) {
            return answers.peekFirst();
        }
        if (!past.isEmpty()) {
            Outgoing first = past.peekFirst();
            return messages > 0 || first.message() == null ? first : null;
        }
        for (Lane lane : lanes.values()) {
            lane.takeGaps().stream().map(notice).forEach(this::add);
            if (!answers.isEmpty()) {
                return answers.peekFirst();
            }
            if (!lane.isEmpty()) {
                return messages > 0 ? lane.peek() : null;
            }
        }
        return null;
    }

    private Outgoing take(Outgoing frame) {
        if (frame.inLane()) {
            return lanes.get(frame.message().channel().priority()).take();
        }
        if (answers.isEmpty()) {
            return past.removeFirst();
        }
        answerBytes -= frame.size();
        return answers.removeFirst();
    }

    boolean isEmpty() {
        return frames() == 0 && past.isEmpty();
    }

    /** Everything that waits but the past, notices of gaps included. */
    int frames() {
        int frames = answers.size();
        for (Lane lane : lanes.values()) {
            frames += lane.size() + lane.gaps();
        }
        return frames;
    }

    /** The size of it, bytes of UTF-8. */
    long bytes() {
        long bytes = answerBytes;
        for (Lane lane : lanes.values()) {
            bytes += lane.bytes();
        }
        return bytes;
    }

    /** When the message that has waited longest was queued, {@link System#nanoTime}. */
    OptionalLong oldest() {
        return lanes.values().stream()
                .filter(lane -> !lane.isEmpty())
                .mapToLong(lane -> lane.peek().since())
                .reduce((a, b) -> a - b < 0 ? a : b);
    }

    /** Empties it, without a word of gaps. */
    List<Outgoing> drain() {
        List<Outgoing> all = new ArrayList<>();
        for (Outgoing frame = peek(1); frame != null; frame = peek(1)) {
            all.add(take(frame));
        }
        return all;
    }
}
