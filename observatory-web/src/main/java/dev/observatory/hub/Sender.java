package dev.observatory.hub;

import dev.observatory.message.Message;
import dev.observatory.protocol.ControlFrame.Gap;
import dev.observatory.protocol.GapReason;
import dev.observatory.wire.FrameWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Sends one client what it is owed, one send at a time, as the network takes it and the rate allows. Confined to the
 * connection's loop.
 */
final class Sender {

    private final Connection connection;
    private final DeliveryLoop loop;
    private final HubSettings settings;
    private final int batchBytes;
    private final Transmission transmission;
    private final Backlog backlog;

    private final int messagesPerSecond;

    /** How many messages may be sent; null when there is no limit. */
    private final RateLimit rate;

    private boolean draining;

    /** Whether nothing is sent any more. */
    private boolean ended;

    /**
     * @param messagesPerSecond how many messages are sent at most, 0 for no limit
     * @param restate fetches the state behind the connection's channels once more
     */
    Sender(
            Connection connection,
            Client client,
            ClientSocket socket,
            DeliveryLoop loop,
            HubSettings settings,
            FrameWriter writer,
            int messagesPerSecond,
            Runnable restate) {
        this.connection = connection;
        this.loop = loop;
        this.settings = settings;
        this.batchBytes = client.subprotocol().batches() ? settings.batchBytes() : 0;
        this.transmission = new Transmission(socket, client.subprotocol().compresses());
        this.messagesPerSecond = messagesPerSecond;
        this.rate = messagesPerSecond == 0 ? null : new RateLimit(messagesPerSecond, System.nanoTime());
        Function<Gap, Outgoing> notice = gap -> Outgoing.of(writer.control(gap, null));
        this.backlog = new Backlog(
                connection.id(), settings, loop.hubMeters(), notice, this::sendEarly, transmission::isIdle, restate);
    }

    int messagesPerSecond() {
        return messagesPerSecond;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether no send is under way. */
    boolean isIdle() {
        return transmission.isIdle();
    }

    /** What waits; what is under way is not in it. */
    Backlog backlog() {
        return backlog;
    }

    /** Sends what waits. */
    void drain() {
        draining = true;
        // a loop and not a recursion: some servers report the end of a send before the call returns
        while (!ended && transmission.isIdle()) {
            long now = System.nanoTime();
            // under load there may never be a tick without a send under way, so the heart beats between sends, too
            connection.beat(now);
            int messages = rate == null ? Integer.MAX_VALUE : rate.available(now);
            List<Outgoing> next = backlog.next(batchBytes, messages, transmission::isCompressed);
            if (next.isEmpty()) {
                break;
            }
            send(next, now);
        }
        draining = false;
        throttle();
    }

    /** Waits for the rate to allow more, with no more than about a second's worth of states that are outdated. */
    private void throttle() {
        if (ended || rate == null || !transmission.isIdle()) {
            // what waits behind a send that the rate allowed still waits because of the rate
            return;
        }
        if (backlog.throttle(messagesPerSecond)) {
            loop.readySoon(connection);
        }
    }

    private void send(List<Outgoing> frames, long now) {
        if (rate != null) {
            rate.take((int)
                    frames.stream().filter(frame -> frame.message() != null).count());
        }
        try {
            loop.give(
                    connection,
                    () -> transmission.begin(frames, now, failure -> loop.run(() -> sent(frames, failure))));
        } catch (IOException | RuntimeException e) {
            sent(frames, e);
        }
    }

    /** One send is done. A server that says so twice is heard once, lest the next send count as done already. */
    private void sent(List<Outgoing> done, Throwable failure) {
        if (ended || transmission.frames() != done) {
            return;
        }
        if (failure != null) {
            connection.sendFailed(failure);
            return;
        }
        transmission.end();
        long now = System.nanoTime();
        done.forEach(frame -> delivered(frame, now));
        connection.fetches().mind();
        backlog.sent();
        if (!draining) {
            loop.ready(connection);
        }
    }

    private void delivered(Outgoing frame, long now) {
        frame.delivered();
        Message message = frame.message();
        if (message != null) {
            loop.meters().delivered(now - frame.since());
            connection.delivered(message);
        }
    }

    /** @return whether the connection has not ended over that */
    private boolean sendEarly() {
        if (transmission.isIdle()) {
            drain();
        }
        return !ended;
    }

    /**
     * Helps a client for which something has waited too long.
     *
     * @return false when it cannot be helped
     */
    boolean keepsUp(long now) {
        if (!transmission.isIdle()) {
            return now - transmission.since() <= settings.sendTimeout().toNanos();
        }
        OptionalLong oldest = backlog.oldestToSend();
        return oldest.isEmpty()
                || now - oldest.getAsLong() <= settings.queueAge().toNanos()
                || backlog.startOver(GapReason.EXPIRED);
    }

    /** How long the oldest message that has not left waits, nanoseconds; 0 when there is none. */
    long queueAge(long now) {
        return LongStream.of(
                        transmission.isIdle()
                                ? now
                                : transmission.frames().get(0).since(),
                        backlog.oldest().orElse(now))
                .map(since -> now - since)
                .max()
                .orElse(0);
    }

    /** A frame will never be delivered. */
    void fail(Outgoing frame, String reason) {
        frame.failed(connection.id());
        if (frame.message() != null) {
            loop.hubMeters().failed(reason, 1);
        }
    }

    /** Sends nothing any more. */
    void end() {
        ended = true;
    }

    /** Gives up all that has not left, and says how many frames that is. */
    int discard(String reason) {
        List<Outgoing> lost = new ArrayList<>(transmission.frames());
        lost.addAll(backlog.drain());
        lost.forEach(frame -> fail(frame, reason));
        transmission.end();
        return lost.size();
    }
}
