package dev.observatory.hub;

import dev.observatory.audit.AuditLine;
import dev.observatory.auth.token.Identity;
import dev.observatory.journal.Cursor;
import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import dev.observatory.protocol.CloseCode;
import dev.observatory.protocol.ControlFrame;
import dev.observatory.protocol.ControlFrame.Gap;
import dev.observatory.protocol.ControlFrame.RefusedChannel;
import dev.observatory.protocol.ErrorCode;
import dev.observatory.protocol.GapReason;
import dev.observatory.wire.FrameWriter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * One client's connection: what it is subscribed to and what it is owed. Confined to its loop's thread, but for
 * signs of life. It moves frames and knows nothing of what commands mean.
 *
 * <p>A client that cannot keep up is helped by its {@link Backlog} as far as that can be, and then closed.
 */
final class Connection {

    private static final Logger LOG = System.getLogger(Connection.class.getName());

    private final String id;
    private final Client client;
    private final ClientSocket socket;
    private final DeliveryLoop loop;
    private final HubSettings settings;
    private final FrameWriter writer;
    private final int batchBytes;
    private final Backlog backlog;

    /** Fetches the state behind the channels once more. */
    private final Consumer<Connection> restate;

    /** How many messages may be sent; null when there is no limit. */
    private final RateLimit rate;

    private final int messagesPerSecond;

    private final Subscriptions subscriptions;
    private final Transmission transmission;
    private final ResumeWait resumeWait = new ResumeWait();
    private final Heartbeat heartbeat;
    private final ErrorWindow errors;
    private final Rights rights;
    private final Instant openedAt = Instant.now();

    /** Whether a token is being looked at that the client has shown. */
    private boolean authenticating;

    private boolean draining;

    private boolean ended;

    /** Why the connection ends as soon as everything queued has left; null while it does not. */
    private CloseCode farewell;

    /** What the client is told then. */
    private String farewellReason;

    /**
     * @param restate has the state behind all of its channels fetched and brings it by {@link #caughtUp}
     * @param messagesPerSecond how many messages it is sent at most, 0 for no limit
     * @param phase where in the first interval the first ping falls, from 0 to 1
     */
    Connection(
            String id,
            Client client,
            Rights rights,
            ClientSocket socket,
            DeliveryLoop loop,
            HubSettings settings,
            FrameWriter writer,
            Consumer<Connection> restate,
            int messagesPerSecond,
            double phase) {
        this.id = id;
        this.client = client;
        this.rights = rights;
        this.socket = socket;
        this.subscriptions = new Subscriptions(this, loop);
        this.transmission = new Transmission(socket, client.subprotocol().compresses());
        this.loop = loop;
        this.settings = settings;
        this.writer = writer;
        this.restate = restate;
        this.messagesPerSecond = messagesPerSecond;
        this.rate = messagesPerSecond == 0 ? null : new RateLimit(messagesPerSecond, System.nanoTime());
        this.batchBytes = client.subprotocol().batches() ? settings.batchBytes() : 0;
        Function<Gap, Outgoing> notice = gap -> Outgoing.of(writer.control(gap, null));
        this.backlog = new Backlog(id, settings, loop.hubMeters(), notice, this::sendEarly, () -> restate.accept(this));
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

    /** How many messages it is sent at most, 0 for no limit. */
    int messagesPerSecond() {
        return messagesPerSecond;
    }

    Set<Channel> subscriptions() {
        return subscriptions.channels();
    }

    /** Whether it is still served: not once it has ended, nor while its last answers go out. */
    boolean isOpen() {
        return !ended && farewell == null;
    }

    /** It belongs to its loop now. */
    void opened() {
        subscriptions.opened();
    }

    /** Which messages have been queued for it because of what it is subscribed to now. Immutable. */
    Predicate<Message> served() {
        return subscriptions.served();
    }

    /** Does nothing once the connection has ended, for then nobody would give the subscription back. */
    void subscribe(Channel channel) {
        if (!ended) {
            subscriptions.add(channel);
        }
    }

    /** Subscribes to what the client has up to a cursor, from an earlier connection. */
    void subscribeBehind(List<Channel> channels, Cursor cursor) {
        if (!ended) {
            channels.forEach(channel -> subscriptions.addBehind(channel, cursor.of(channel.priority())));
            subscriptions.openedBehind(cursor.of(Channel.EVERYONE.priority()));
        }
    }

    /** Subscribes to a home channel that the client has up to a number in it. */
    void subscribeAfter(Channel channel, long seq) {
        if (!ended) {
            subscriptions.addAfter(channel, seq);
        }
    }

    /** What its user may see now. */
    Visibility visibility() {
        return rights.visibility();
    }

    /** When its token ends; empty when it does not. */
    Optional<Instant> expiry() {
        return rights.expiry();
    }

    /**
     * The user has shown another token: what may not be seen any more is not sent any more, and where other projects may
     * be seen the state is sent again.
     *
     * @return the channels that are not subscribed to any more
     */
    List<Channel> renew(Identity identity) {
        Visibility before = visibility();
        rights.renew(identity);
        List<Channel> ended = subscriptions.channels().stream()
                .filter(channel -> visibility().refusal(channel).isPresent())
                .toList();
        ended.forEach(this::unsubscribe);
        if (!before.showsSameProjects(visibility())) {
            backlog.withhold(visibility()::shows);
            restate.accept(this);
        }
        return ended;
    }

    /** @return false when a token is being looked at already */
    boolean beginAuthentication() {
        boolean begins = !authenticating;
        authenticating = true;
        return begins;
    }

    void endAuthentication() {
        authenticating = false;
    }

    /** Whether the message is one that its user may see, and the client does not have yet. */
    boolean lacks(Message message) {
        return visibility().shows(message) && !subscriptions.has(message);
    }

    /** What waits and is for no other subscription of the client is not sent any more. */
    void unsubscribe(Channel channel) {
        if (subscriptions.remove(channel)) {
            backlog.retain(subscriptions::reach);
        }
    }

    /** Whether the message with that number has not matched before: it may match several subscriptions. */
    boolean matchesFirst(long pos) {
        return subscriptions.matchesFirst(pos);
    }

    /** Queues an answer or a notice. */
    void answer(String frame) {
        answer(Outgoing.of(frame));
    }

    /** Queues an answer, a notice or a replay. */
    void answer(Outgoing frame) {
        queue(frame, backlog::answer);
    }

    /** Queues a message, behind the state that it builds upon. */
    void deliver(Outgoing message) {
        queue(message, backlog::deliver);
    }

    /**
     * The client is going to say what it has from an earlier connection; messages wait for it.
     *
     * @param otherwise what is done if it does not in time, or says something else
     */
    void awaitResume(Runnable otherwise) {
        catchUpBegins();
        resumeWait.begin(settings.resumeWait(), otherwise);
    }

    /** The client does not resume. Does nothing if that is not waited for. */
    void startAfresh() {
        Runnable start = resumeWait.end();
        if (start != null) {
            start.run();
            caughtUp(List.of());
        }
    }

    /**
     * The client resumes.
     *
     * @param start what is done then
     * @return false if it has done so before
     */
    boolean resume(Runnable start) {
        if (!resumeWait.resume()) {
            return false;
        }
        start.run();
        if (resumeWait.end() != null) {
            caughtUp(List.of());
        }
        return true;
    }

    /** From now on messages wait until the state before them has been queued. */
    void catchUpBegins() {
        backlog.catchUpBegins();
    }

    /** The state has been fetched: it goes out, and when nothing else is being fetched, what waited for it follows. */
    void caughtUp(List<Outgoing> frames) {
        frames.forEach(this::answer);
        backlog.caughtUp().forEach(this::answer);
    }

    /** Sends what waits, as long as the network takes it and the rate allows. */
    void drain() {
        draining = true;
        // a loop and not a recursion: some servers report the end of a send before the call returns
        while (!ended && transmission.isIdle()) {
            long now = System.nanoTime();
            int messages = rate == null ? Integer.MAX_VALUE : rate.available(now);
            List<Outgoing> next = backlog.next(batchBytes, messages, transmission::isCompressed);
            if (next.isEmpty()) {
                break;
            }
            // under load there may never be a tick without a send under way, so the heart beats between sends, too
            beat(now);
            if (ended) {
                next.forEach(frame -> failed(frame, CloseCode.NO_PONG.reason()));
            } else {
                send(next, now);
            }
        }
        draining = false;
        throttle();
        if (farewell != null && transmission.isIdle()) {
            close(farewell, farewell.reason(), farewell.reason(), farewellReason);
        }
    }

    /** Waits for the rate to allow more, with no more than about a second's worth of states that are outdated. */
    private void throttle() {
        if (ended || rate == null || !transmission.isIdle()) {
            // what waits behind a send that the rate allowed still waits because of the rate
            return;
        }
        if (backlog.throttle(messagesPerSecond)) {
            loop.readySoon(this);
        }
    }

    private void send(List<Outgoing> frames, long now) {
        if (rate != null) {
            rate.take((int)
                    frames.stream().filter(frame -> frame.message() != null).count());
        }
        try {
            loop.give(this, () -> transmission.begin(frames, now, failure -> loop.run(() -> sent(frames, failure))));
        } catch (IOException | RuntimeException e) {
            sent(frames, e);
        }
    }

    /** The client has sent something. On the network's thread. */
    void heard() {
        heartbeat.heard();
    }

    /** The client has answered a ping. On the network's thread. */
    void pong() {
        heartbeat.pong(System.nanoTime());
    }

    /** Counts a refused command; too many of them end the connection. */
    void refused() {
        if (errors.exceededBy(System.nanoTime())) {
            leave(CloseCode.PROTOCOL_ERRORS);
        }
    }

    /** Ends the connection as soon as everything queued has left; the client is to come back after a while. */
    void leave(CloseCode code, Duration retryAfter) {
        if (isOpen()) {
            leave(code, code.reason(retryAfter));
        }
    }

    /** Ends the connection as soon as everything queued has left. */
    void leave(CloseCode code) {
        if (isOpen()) {
            leave(code, code.reason());
        }
    }

    private void leave(CloseCode code, String reason) {
        farewell = code;
        farewellReason = reason;
        loop.ready(this);
    }

    /** Looks after everything that depends on time alone. */
    void tick(long now) {
        if (resumeWait.isOver(now)) {
            startAfresh();
        }
        mindToken(Instant.now());
        if (ended) {
            return;
        }
        if (!transmission.isIdle()) {
            if (now - transmission.since() > settings.sendTimeout().toNanos()) {
                close(CloseCode.SLOW_CONSUMER);
            }
            return;
        }
        beat(now);
        OptionalLong oldest = backlog.oldestToSend();
        if (oldest.isPresent()
                && now - oldest.getAsLong() > settings.queueAge().toNanos()
                && !backlog.startOver(GapReason.EXPIRED)) {
            close(CloseCode.SLOW_CONSUMER);
        }
    }

    /** Sees to it that nobody is served for longer than the token says. */
    private void mindToken(Instant now) {
        switch (rights.due(now)) {
            case CLOSE -> close(CloseCode.TOKEN_EXPIRED);
            case NOTICE -> answer(writer.control(new ControlFrame.TokenExpiring(expiry().orElseThrow()), null));
            case NOTHING -> {}
        }
    }

    private void beat(long now) {
        switch (heartbeat.due(now)) {
            case CLOSE -> close(CloseCode.NO_PONG);
            case PING -> ping(now);
            case NOTHING -> {}
        }
    }

    /** Writes down which channels it was refused because of its user's rights, if any. */
    void audit(ChannelRequest request) {
        String forbidden = request.refused().stream()
                .filter(refused -> refused.code() == ErrorCode.FORBIDDEN_CHANNEL)
                .map(RefusedChannel::channel)
                .collect(Collectors.joining(" "));
        if (!forbidden.isEmpty()) {
            audit("channels", forbidden);
        }
    }

    /** Writes down that its user was refused something. */
    void audit(String what, String reason) {
        AuditLine.of("refused")
                .with("what", what)
                .with("connection", id)
                .with("user", client.user())
                .with("address", client.address())
                .with("reason", reason)
                .log();
    }

    /** The connection as an operator sees it. */
    ConnectionReport report(long now) {
        ControlFrame.Status status = status();
        return new ConnectionReport(
                id,
                client.user(),
                client.endpoint().path(),
                client.subprotocol().token(),
                client.address(),
                openedAt,
                expiry().orElse(null),
                status.subscriptions(),
                status.queuedMessages(),
                status.queuedBytes(),
                TimeUnit.NANOSECONDS.toMillis(queueAge(now)),
                status.roundTripMs(),
                status.lastSeq());
    }

    ControlFrame.Status status() {
        return new ControlFrame.Status(
                subscriptions.channels().stream().map(Channel::name).toList(),
                queuedFrames(),
                queuedBytes(),
                subscriptions.lastSeq(),
                heartbeat.roundTripMs());
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

    int queuedFrames() {
        return backlog.frames();
    }

    long queuedBytes() {
        return backlog.bytes();
    }

    /** Ends the connection from this side. */
    void close(CloseCode code) {
        close(code, code.reason(), code.reason(), code.reason());
    }

    /**
     * @param kind as what it is counted
     * @param why for the log
     * @param reason for the client
     */
    private void close(CloseCode code, String kind, String why, String reason) {
        if (!ended) {
            LOG.log(Level.INFO, "connection {0} is closed ({1}), {2} frames undelivered", id, why, release(kind));
            loop.closeLater(socket, code, reason);
        }
    }

    /** Ends the connection without another word to the server, which has not come back from the last one. */
    void abandon() {
        if (!ended) {
            LOG.log(
                    Level.ERROR,
                    "connection {0} is given up: the server has not come back from a send, {1} frames undelivered",
                    id,
                    release("stuck"));
        }
    }

    /** The client has ended the connection, or the network has. */
    void gone() {
        if (!ended) {
            int lost = release("gone");
            LOG.log(lost > 0 ? Level.INFO : Level.DEBUG, "connection {0} is gone, {1} frames undelivered", id, lost);
        }
    }

    /** Gives back everything that the connection held, and says how many frames will never be delivered. */
    private int release(String reason) {
        ended = true;
        subscriptions.clear();
        loop.forget(this);
        List<Outgoing> lost = new ArrayList<>(transmission.frames());
        lost.addAll(backlog.drain());
        lost.forEach(frame -> failed(frame, reason));
        transmission.end();
        loop.hubMeters().closed(reason);
        return lost.size();
    }

    private void queue(Outgoing frame, Predicate<Outgoing> taken) {
        if (ended || farewell != null) {
            failed(frame, "closing");
        } else if (taken.test(frame)) {
            loop.ready(this);
        } else {
            failed(frame, CloseCode.SLOW_CONSUMER.reason());
            close(CloseCode.SLOW_CONSUMER);
        }
    }

    private void failed(Outgoing frame, String reason) {
        frame.failed(id);
        if (frame.message() != null) {
            loop.hubMeters().failed(reason, 1);
        }
    }

    /** @return whether it has not ended over that */
    private boolean sendEarly() {
        if (transmission.isIdle()) {
            drain();
        }
        return !ended;
    }

    /** One send is done. A server that says so twice is heard once, lest the next send count as done already. */
    private void sent(List<Outgoing> done, Throwable failure) {
        if (ended || transmission.frames() != done) {
            return;
        }
        if (failure != null) {
            close(
                    CloseCode.INTERNAL_ERROR,
                    "send_failed",
                    "a send failed: " + failure,
                    CloseCode.INTERNAL_ERROR.reason());
            return;
        }
        transmission.end();
        backlog.sent();
        long now = System.nanoTime();
        done.forEach(frame -> delivered(frame, now));
        if (!draining) {
            loop.ready(this);
        }
    }

    private void delivered(Outgoing frame, long now) {
        frame.delivered();
        Message message = frame.message();
        if (message == null) {
            return;
        }
        loop.meters().delivered(now - frame.since());
        subscriptions.delivered(message);
    }

    private void ping(long now) {
        try {
            heartbeat.pinged(now);
            loop.give(this, socket::ping);
        } catch (IOException | RuntimeException e) {
            close(CloseCode.NO_PONG, "ping_failed", "a ping failed: " + e, CloseCode.NO_PONG.reason());
        }
    }
}
