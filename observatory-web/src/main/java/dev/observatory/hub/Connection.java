package dev.observatory.hub;

import dev.observatory.audit.AuditLine;
import dev.observatory.auth.token.Identity;
import dev.observatory.journal.Cursor;
import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import dev.observatory.protocol.CloseCode;
import dev.observatory.protocol.ControlFrame;
import dev.observatory.protocol.ControlFrame.RefusedChannel;
import dev.observatory.protocol.ErrorCode;
import dev.observatory.wire.FrameWriter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One client's connection: who is there, what it is subscribed to, and when it ends. Confined to its loop's thread, but
 * for signs of life. It knows nothing of what commands mean.
 *
 * <p>A client that cannot keep up is helped by its {@link Sender} as far as that can be, and then closed.
 */
final class Connection {

    private static final Logger LOG = System.getLogger(Connection.class.getName());

    private final String id;
    private final Client client;
    private final ClientSocket socket;
    private final DeliveryLoop loop;
    private final HubSettings settings;
    private final FrameWriter writer;
    private final Sender sender;

    /** Fetches the state behind the channels once more. */
    private final Runnable restate;

    private final Subscriptions subscriptions;
    private final ResumeWait resumeWait = new ResumeWait();
    private final Fetches fetches;
    private final Heartbeat heartbeat;
    private final ErrorWindow errors;
    private final Rights rights;
    private final Instant openedAt = Instant.now();

    /** Whether a token is being looked at that the client has shown. */
    private boolean authenticating;

    /**
     * Why the connection ends as soon as everything queued has left; null while it does not. No class of its own with the
     * two fields below: it would be loaded when the first connection is told to leave, and Payara Micro has deleted it by then.
     */
    private CloseCode farewell;

    /** What the client is told then. */
    private String farewellReason;

    /** {@link System#nanoTime}. */
    private long farewellSince;

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
        this.loop = loop;
        this.settings = settings;
        this.writer = writer;
        this.restate = () -> restate.accept(this);
        this.sender = new Sender(this, client, socket, loop, settings, writer, messagesPerSecond, this.restate);
        this.fetches = new Fetches(sender.backlog(), settings.maxPending());
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
        return sender.messagesPerSecond();
    }

    /**
     * How many messages of the past it may be sent for one command: live ones wait behind them, and not for longer than they
     * may.
     */
    int mostReplays() {
        long most = messagesPerSecond() * Math.max(1, settings.queueAge().toSeconds());
        return messagesPerSecond() == 0 ? Integer.MAX_VALUE : (int) Math.min(Integer.MAX_VALUE, most);
    }

    Set<Channel> subscriptions() {
        return subscriptions.channels();
    }

    /** Whether it is still served: not once it has ended, nor while its last answers go out. */
    boolean isOpen() {
        return !sender.hasEnded() && farewell == null;
    }

    /** It belongs to its loop now. */
    void opened() {
        subscriptions.opened();
    }

    /** Which messages have been queued for it because of what it is subscribed to now. Immutable. */
    Served served() {
        return subscriptions.served();
    }

    /** Does nothing once the connection has ended, for then nobody would give the subscription back. */
    void subscribe(Channel channel) {
        if (!sender.hasEnded()) {
            subscriptions.add(channel);
        }
    }

    /** Subscribes to what the client has up to a cursor, from an earlier connection. */
    void subscribeBehind(List<Channel> channels, Cursor cursor) {
        if (!sender.hasEnded()) {
            channels.forEach(channel -> subscriptions.addBehind(channel, cursor.of(channel.priority())));
            subscriptions.openedBehind(cursor.of(Channel.EVERYONE.priority()));
        }
    }

    /** Subscribes to a home channel that the client has up to a number in it. */
    void subscribeAfter(Channel channel, long seq) {
        if (!sender.hasEnded()) {
            subscriptions.addAfter(channel, seq);
            // what waits of it the client has, or it is a part of what comes behind that number
            sender.backlog().forget(channel);
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
        unsubscribe(ended);
        if (!before.showsSameProjects(visibility())) {
            sender.backlog().retain(visibility()::shows, channel -> false);
            restate.run();
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
    void unsubscribe(List<Channel> channels) {
        channels.forEach(subscriptions::remove);
        sender.backlog().retain(subscriptions::reach, this::holds);
    }

    private boolean holds(Channel channel) {
        return subscriptions.channels().contains(channel);
    }

    /** Whether the message with that number has not matched before: it may match several subscriptions. */
    boolean matchesFirst(long pos) {
        return subscriptions.matchesFirst(pos);
    }

    /** Queues an answer or a notice. */
    void answer(String frame) {
        answer(Outgoing.of(frame));
    }

    /** Queues an answer or a notice. */
    void answer(Outgoing frame) {
        queue(frame, sender.backlog()::answer);
    }

    /** Queues a message, behind the state that it builds upon. */
    void deliver(Outgoing message) {
        queue(message, sender.backlog()::deliver);
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
            try {
                start.run();
            } finally {
                catchUpEnds();
            }
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
        try {
            start.run();
        } finally {
            if (resumeWait.end() != null) {
                catchUpEnds();
            }
        }
        return true;
    }

    /** What is being fetched for it, and is to be. */
    Fetches fetches() {
        return fetches;
    }

    /** From now on messages wait until the past that is before them has left. */
    void catchUpBegins() {
        sender.backlog().catchUpBegins();
    }

    private void catchUpEnds() {
        if (!sender.hasEnded() && !sender.backlog().caughtUp()) {
            close(CloseCode.SLOW_CONSUMER);
        }
        loop.ready(this);
    }

    /**
     * The past that messages wait for has been fetched: it goes out, and when no more is to be, what waited for it follows.
     *
     * @param by what its user could see when that began; if it is less now, or more, another fetch follows
     */
    void caughtUp(List<Outgoing> frames, Visibility by) {
        boolean isOutdated = !by.showsSameProjects(visibility());
        List<Outgoing> wanted =
                frames.stream().filter(frame -> isWanted(frame, isOutdated)).toList();
        fetched(wanted, this::catchUpEnds);
    }

    private boolean isWanted(Outgoing fetched, boolean isOutdated) {
        if (fetched.stateOf() != null) {
            return !isOutdated && holds(fetched.stateOf());
        }
        Message message = fetched.message();
        return message == null
                || subscriptions.reach(message) && (!isOutdated || visibility().shows(message));
    }

    /** Something of the past has been fetched that no messages wait for. */
    void fetched(List<Outgoing> frames) {
        fetched(frames, () -> {});
    }

    private void fetched(List<Outgoing> frames, Runnable whenTheyHaveLeft) {
        fetches.bring(isOpen() ? frames : List.of(), whenTheyHaveLeft);
        loop.ready(this);
    }

    /** Sends what waits, as long as the network takes it and the rate allows. */
    void drain() {
        // what was fetched may not be wanted any more
        fetches.mind();
        sender.drain();
        if (farewell != null && sender.isIdle() && sender.backlog().nothingToSend()) {
            sayFarewell();
        }
    }

    private void sayFarewell() {
        close(farewell, farewell.reason(), farewell.reason(), farewellReason);
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
        farewellSince = System.nanoTime();
        loop.ready(this);
    }

    /** Looks after everything that depends on time alone. */
    void tick(long now) {
        if (resumeWait.isOver(now)) {
            startAfresh();
        }
        mindToken(Instant.now());
        if (sender.hasEnded()) {
            return;
        }
        if (farewell != null && now - farewellSince > settings.sendTimeout().toNanos()) {
            sayFarewell();
            return;
        }
        if (sender.isIdle()) {
            beat(now);
        }
        if (!sender.keepsUp(now)) {
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

    /** Looks after the heart. */
    void beat(long now) {
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
        return ConnectionReport.of(id, client, openedAt, expiry().orElse(null), status(), queueAge(now));
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
        return sender.queueAge(now);
    }

    int queuedFrames() {
        return sender.backlog().frames();
    }

    long queuedBytes() {
        return sender.backlog().bytes();
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
        if (!sender.hasEnded()) {
            LOG.log(Level.INFO, "connection {0} is closed ({1}), {2} frames undelivered", id, why, release(kind));
            loop.closeLater(socket, code, reason);
        }
    }

    /** Ends the connection without another word to the server, which has not come back from the last one. */
    void abandon() {
        if (!sender.hasEnded()) {
            LOG.log(
                    Level.ERROR,
                    "connection {0} is given up: the server has not come back from a send, {1} frames undelivered",
                    id,
                    release("stuck"));
        }
    }

    /** The client has ended the connection, or the network has. */
    void gone() {
        if (!sender.hasEnded()) {
            int lost = release("gone");
            LOG.log(lost > 0 ? Level.INFO : Level.DEBUG, "connection {0} is gone, {1} frames undelivered", id, lost);
        }
    }

    /** Closes the socket of a connection that the server's end has overtaken, with what the client was told if it was. */
    void closeSocket() {
        if (farewell == null) {
            socket.close(CloseCode.SHUTDOWN);
        } else {
            socket.close(farewell, farewellReason);
        }
    }

    /** The server could not send. */
    void sendFailed(Throwable failure) {
        close(CloseCode.INTERNAL_ERROR, "send_failed", "a send failed: " + failure, CloseCode.INTERNAL_ERROR.reason());
    }

    /** The message has left for the client. */
    void delivered(Message message) {
        subscriptions.delivered(message);
    }

    /** Gives back everything that the connection held, and says how many frames will never be delivered. */
    private int release(String reason) {
        sender.end();
        fetches.end();
        subscriptions.clear();
        loop.forget(this);
        loop.hubMeters().closed(reason);
        return sender.discard(reason);
    }

    private void queue(Outgoing frame, Predicate<Outgoing> taken) {
        if (!isOpen()) {
            sender.fail(frame, "closing");
        } else if (taken.test(frame)) {
            loop.ready(this);
        } else {
            sender.fail(frame, CloseCode.SLOW_CONSUMER.reason());
            close(CloseCode.SLOW_CONSUMER);
        }
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
