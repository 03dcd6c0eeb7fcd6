package dev.observatory.hub;

import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import dev.observatory.protocol.CloseCode;
import dev.observatory.protocol.ControlFrame;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One client's connection: what it is subscribed to and what it is owed. Confined to its loop's thread. It moves
 * frames and knows nothing of what commands mean.
 */
final class Connection {

    private static final Logger LOG = System.getLogger(Connection.class.getName());

    private final String id;
    private final Client client;
    private final ClientSocket socket;
    private final DeliveryLoop loop;
    private final HubSettings settings;
    private final int batchBytes;
    private final Outbox outbox;

    /** Messages that came while the state before them was still being fetched. */
    private final Outbox parked;

    private final Set<Channel> subscriptions = new LinkedHashSet<>();
    private final Map<Channel, Long> lastSeq = new HashMap<>();
    private final Heartbeat heartbeat;
    private final ErrorWindow errors;

    /** The frames of the one send under way; empty when none is. */
    private List<Outgoing> inFlight = List.of();

    /** When that send began, {@link System#nanoTime}. */
    private long sentAt;

    private boolean draining;
    private int catchUps;
    private long lastMatched;
    private boolean ended;

    /** Why the connection ends as soon as everything queued has left; null while it does not. */
    private CloseCode farewell;

    Connection(String id, Client client, ClientSocket socket, DeliveryLoop loop, HubSettings settings, double phase) {
        this.id = id;
        this.client = client;
        this.socket = socket;
        this.loop = loop;
        this.settings = settings;
        this.batchBytes = client.subprotocol().batches() ? settings.batchBytes() : 0;
        this.outbox = new Outbox(settings.queueBytes(), settings.queueMessages());
        this.parked = new Outbox(settings.queueBytes(), settings.queueMessages());
        this.heartbeat =
                new Heartbeat(settings.heartbeatInterval(), settings.heartbeatTimeout(), phase, System.nanoTime());
        this.errors = new ErrorWindow(settings.maxErrors(), settings.errorWindow());
    }

    String id() {
        return id;
    }

    Client client() {
        return client;
    }

    ClientSocket socket() {
        return socket;
    }

    DeliveryLoop loop() {
        return loop;
    }

    Set<Channel> subscriptions() {
        return subscriptions;
    }

    /** Whether it is still served: not once it has ended, nor while its last answers go out. */
    boolean isOpen() {
        return !ended && farewell == null;
    }

    /** Does nothing once the connection has ended, for then nobody would give the subscription back. */
    void subscribe(Channel channel) {
        if (!ended && subscriptions.add(channel)) {
            loop.index().add(channel, this);
        }
    }

    void unsubscribe(Channel channel) {
        if (subscriptions.remove(channel)) {
            loop.index().remove(channel, this);
            lastSeq.remove(channel);
        }
    }

    /** Whether the message with that number has not matched before: it may match several subscriptions. */
    boolean matchesFirst(long pos) {
        boolean first = pos > lastMatched;
        lastMatched = pos;
        return first;
    }

    /** Queues an answer or a notice. */
    void answer(String frame) {
        offer(outbox, Outgoing.of(frame));
    }

    /** Queues a message, behind the state that it builds upon. */
    void deliver(Outgoing message) {
        offer(catchUps > 0 ? parked : outbox, message);
    }

    /** From now on messages wait until the state before them has been queued. */
    void catchUpBegins() {
        catchUps++;
    }

    /** The state has been fetched: it goes out, and when nothing else is being fetched, what waited for it follows. */
    void caughtUp(List<String> frames) {
        catchUps--;
        frames.forEach(this::answer);
        if (catchUps == 0) {
            parked.drain().forEach(message -> offer(outbox, message));
        }
    }

    /** Sends what waits, as long as the network takes it. */
    void drain() {
        draining = true;
        // a loop and not a recursion: some servers report the end of a send before the call returns
        while (!ended && inFlight.isEmpty() && !outbox.isEmpty()) {
            sentAt = System.nanoTime();
            // under load there may never be a tick without a send under way, so the heart beats between sends, too
            beat(sentAt);
            if (!ended) {
                send(outbox.next(batchBytes));
            }
        }
        draining = false;
        if (farewell != null && inFlight.isEmpty()) {
            close(farewell);
        }
    }

    private void send(List<Outgoing> frames) {
        inFlight = frames;
        try {
            socket.send(Outgoing.text(frames), failure -> loop.run(() -> sent(frames, failure)));
        } catch (RuntimeException e) {
            sent(frames, e);
        }
    }

    void heard() {
        heartbeat.heard();
    }

    void pong() {
        heartbeat.pong(System.nanoTime());
    }

    /** Counts a refused command; too many of them end the connection. */
    void refused() {
        if (errors.exceededBy(System.nanoTime())) {
            farewell = CloseCode.PROTOCOL_ERRORS;
            loop.ready(this);
        }
    }

    /** Looks after everything that depends on time alone. */
    void tick(long now) {
        if (!inFlight.isEmpty()) {
            if (now - sentAt > settings.sendTimeout().toNanos()) {
                close(CloseCode.SLOW_CONSUMER);
            }
            return;
        }
        beat(now);
    }

    private void beat(long now) {
        switch (heartbeat.due(now)) {
            case CLOSE -> close(CloseCode.NO_PONG);
            case PING -> ping(now);
            case NOTHING -> {}
        }
    }

    ControlFrame.Status status() {
        Map<String, Long> seqs = new TreeMap<>();
        lastSeq.forEach((channel, seq) -> seqs.put(channel.name(), seq));
        return new ControlFrame.Status(
                subscriptions.stream().map(Channel::name).toList(),
                queuedFrames(),
                queuedBytes(),
                seqs,
                heartbeat.roundTripMs());
    }

    int queuedFrames() {
        return outbox.frames() + parked.frames();
    }

    long queuedBytes() {
        return outbox.bytes() + parked.bytes();
    }

    /** Ends the connection from this side. */
    void close(CloseCode code) {
        close(code, code.reason());
    }

    private void close(CloseCode code, String why) {
        if (!ended) {
            LOG.log(Level.INFO, "connection {0} is closed ({1}), {2} frames undelivered", id, why, release());
            loop.closeLater(socket, code);
        }
    }

    /** The client has ended the connection, or the network has. */
    void gone() {
        if (!ended) {
            int lost = release();
            LOG.log(lost > 0 ? Level.INFO : Level.DEBUG, "connection {0} is gone, {1} frames undelivered", id, lost);
        }
    }

    /** Gives back everything that the connection held, and says how many frames will never be delivered. */
    private int release() {
        ended = true;
        List.copyOf(subscriptions).forEach(this::unsubscribe);
        loop.forget(this);
        List<Outgoing> lost = new ArrayList<>(inFlight);
        lost.addAll(outbox.drain());
        lost.addAll(parked.drain());
        lost.forEach(frame -> frame.failed(id));
        inFlight = List.of();
        return lost.size();
    }

    private void offer(Outbox box, Outgoing frame) {
        if (ended || farewell != null) {
            frame.failed(id);
        } else if (box.offer(frame) || drained(box) && box.offer(frame)) {
            loop.ready(this);
        } else {
            frame.failed(id);
            close(CloseCode.SLOW_CONSUMER);
        }
    }

    /**
     * Sends early what a full outbox holds, if the network takes it: loops do many tasks before they send, and a client
     * is not slow because they do.
     */
    private boolean drained(Outbox box) {
        if (box == outbox && inFlight.isEmpty()) {
            drain();
        }
        return !ended;
    }

    /** One send is done. A server that says so twice is heard once, lest the next send count as done already. */
    private void sent(List<Outgoing> done, Throwable failure) {
        if (ended || inFlight != done) {
            return;
        }
        if (failure != null) {
            close(CloseCode.INTERNAL_ERROR, "a send failed: " + failure);
            return;
        }
        inFlight = List.of();
        done.forEach(this::delivered);
        if (!draining) {
            loop.ready(this);
        }
    }

    private void delivered(Outgoing frame) {
        frame.delivered();
        Message message = frame.message();
        if (message != null && subscriptions.contains(message.channel())) {
            lastSeq.put(message.channel(), message.seq());
        }
    }

    private void ping(long now) {
        try {
            socket.ping();
            heartbeat.pinged(now);
        } catch (IOException | RuntimeException e) {
            close(CloseCode.NO_PONG, "a ping failed: " + e);
        }
    }
}
