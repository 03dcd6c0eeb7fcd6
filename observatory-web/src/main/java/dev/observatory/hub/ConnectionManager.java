package dev.observatory.hub;

import static dev.observatory.protocol.CloseCode.CONNECTION_LIMIT;

import dev.observatory.auth.token.TokenVerifier;
import dev.observatory.auth.token.Verification;
import dev.observatory.hub.Admission.Reason;
import dev.observatory.hub.Admission.Refusal;
import dev.observatory.journal.Journal;
import dev.observatory.journal.JsonEncoder;
import dev.observatory.message.Draft;
import dev.observatory.message.Message;
import dev.observatory.protocol.CloseCode;
import dev.observatory.protocol.ControlFrame;
import dev.observatory.wire.CommandReader;
import dev.observatory.wire.FrameWriter;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/**
 * The one door of the hub: connections are opened here, messages are broadcast here. Thread-safe; nothing here waits
 * for a client.
 */
@ApplicationScoped
public class ConnectionManager {

    private static final Logger LOG = System.getLogger(ConnectionManager.class.getName());

    @Inject
    Journal journal;

    @Inject
    JsonEncoder encoder;

    @Inject
    Instance<SnapshotSource> snapshotSources;

    @Inject
    ProjectLookup projects;

    /** What says whose a token is; empty when none is accepted. */
    @Inject
    Optional<TokenVerifier> tokens;

    @Inject
    Config config;

    @Resource
    ManagedExecutorService background;

    @Resource
    ManagedThreadFactory threadFactory;

    private final CommandReader reader = new CommandReader();
    private final Map<String, Place> connections = new ConcurrentHashMap<>();
    private final Map<String, Tally> awaited = new ConcurrentHashMap<>();
    private final HubMeters meters = new HubMeters();
    private DeliveryLoops loops;
    private Duration tokenLeeway;
    private HubSettings settings;
    private FrameWriter writer;
    private CatchUp catchUp;
    private CommandHandler commands;
    private Places places;
    private DrainSettings drainSettings;
    private Drain drain;
    private volatile boolean draining;
    private boolean sentAway;

    /** Whether the application ends, after which nobody is taken on again. */
    private volatile boolean ending;

    private volatile boolean stopping;

    @PostConstruct
    void start() {
        settings = HubSettings.from(config);
        places = new Places(ConnectionLimits.from(config), System.nanoTime());
        drainSettings = DrainSettings.from(config);
        writer = new FrameWriter(encoder, Clock.systemUTC());
        PastReader past = new PastReader(
                journal, snapshotSources, writer, meters::resumed, settings.resumeMessages(), settings.resumeBytes());
        catchUp = new CatchUp(past, writer, background);
        Function<String, Verification> verifier =
                tokens.<Function<String, Verification>>map(all -> all::verify).orElse(null);
        commands = new CommandHandler(
                settings, journal, writer, catchUp, new Authentication(verifier, writer, background));
        tokenLeeway = tokens.map(TokenVerifier::leeway).orElse(Duration.ZERO);
        loops = new DeliveryLoops(
                settings.loops(),
                () -> new DeliveryLoop(journal.announced(), background, this::ended, meters, settings.tick()),
                threadFactory,
                settings.sendTimeout());
        drain = new Drain(loops.all(), writer, drainSettings, connections::isEmpty);
    }

    /** Being called starts the hub with the application, so that a wrong setting stops the deployment. */
    void deployed(@Observes @Initialized(ApplicationScoped.class) Object application) {
        LOG.log(Level.DEBUG, "the hub delivers with {0} loops", loops.count());
    }

    /** As early as an application can know of its end: some servers close the sessions soon after. */
    void undeployed(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
        ending = true;
        sendAway();
    }

    /** Sessions are closed here because Payara leaves them open on an application that is no more. */
    @PreDestroy
    void stop() {
        sendAway();
        stopping = true;
        loops.stop();
    }

    /**
     * Takes no new connections any more and sends all clients away, each with a time after which it is to come back.
     * Returns at once; what waits for a client is still sent if it reads.
     */
    public void drain() {
        draining = true;
        background.execute(this::sendAwayUnlessAccepted);
    }

    private synchronized void sendAwayUnlessAccepted() {
        if (draining) {
            sendAway();
        }
    }

    /** Whether no new connections are taken on any more. */
    public boolean isDraining() {
        return draining;
    }

    /** Asks for one more connection, at its handshake. Whoever gets a place opens the connection, or cancels it. */
    public Admission admit(String user) {
        Admission admission = draining
                ? new Refusal(Reason.DRAINING, drainSettings.retryAfter())
                : places.reserve(user, System.nanoTime());
        if (admission instanceof Refusal refusal) {
            meters.refused(refusal.reason().name().toLowerCase(Locale.ROOT));
        }
        return admission;
    }

    /** The handshake has come to nothing. Does nothing when it has not, after all. */
    public void cancel(Place place) {
        places.cancel(place);
    }

    /**
     * Takes on a new connection.
     *
     * @param request what it asks for in its address
     * @param place what was given to it at the handshake
     * @return where everything is to be reported that the network says of it
     */
    public Inbound open(ClientSocket socket, Client client, OpenRequest request, Place place) {
        DeliveryLoop loop = loops.next();
        String id = UUID.randomUUID().toString();
        double phase = ThreadLocalRandom.current().nextDouble();
        Connection connection = new Connection(
                id,
                client,
                new Rights(client.identity(), projects, settings.expiryNotice(), tokenLeeway),
                socket,
                loop,
                settings,
                writer,
                catchUp::restate,
                settings.rateFor(request.messagesPerSecond()),
                phase);
        Optional<Refusal> refusal = places.take(place, () -> loop.execute(() -> connection.close(CONNECTION_LIMIT)));
        if (refusal.isPresent()) {
            loop.execute(() -> connection.close(CONNECTION_LIMIT));
        } else {
            connections.put(id, place);
            loop.execute(() -> opened(connection, request));
            places.surplus(client.user()).forEach(Runnable::run);
        }
        // asked after the loop was, so that none slips through between its last look and this one
        if (stopping) {
            ended(connection);
            socket.close(CloseCode.SHUTDOWN);
        } else if (draining) {
            drain.turnAway(connection);
        }
        return new LoopInbound(connection, reader, commands, settings);
    }

    /**
     * Broadcasts a message to the subscribers of its channels, or to every open connection when it is drafted
     * {@linkplain Draft#toEveryone for everyone}. Returns as soon as the message is on its way.
     *
     * @return what will have become of it on this node
     * @throws dev.observatory.journal.UnencodableException when its data has no JSON form; then nobody gets anything
     */
    public CompletionStage<BroadcastResult> broadcast(Draft draft) {
        Tally tally = new Tally(loops.count(), background);
        awaited.put(draft.id(), tally);
        try {
            publish(draft);
        } catch (RuntimeException e) {
            awaited.remove(draft.id());
            throw e;
        }
        return tally.result();
    }

    /**
     * Broadcasts the same way for somebody who does not wait to hear what becomes of it.
     *
     * @return the message, with its numbers
     * @throws dev.observatory.journal.UnencodableException when its data has no JSON form; then nobody gets anything
     */
    public Message publish(Draft draft) {
        try {
            return journal.append(draft);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a broadcast of type {0} was refused: {1}", draft.type(), e.getMessage());
            throw e;
        }
    }

    /** The ids of the open connections, at this moment. */
    public Set<String> connections() {
        return Set.copyOf(connections.keySet());
    }

    /**
     * Open connections as an operator sees them, in no order.
     *
     * @param user whose; null for everybody's
     */
    public CompletionStage<List<ConnectionReport>> reports(String user) {
        return elsewhere(loops.sum(List.of(), loop -> loop.roster().reports(user), ConnectionManager::both));
    }

    /**
     * Ends a connection for good: its client is not to come back by itself.
     *
     * @return whose it was; empty when there is no such connection
     */
    public CompletionStage<Optional<String>> kick(String id) {
        return elsewhere(
                loops.sum(Optional.empty(), loop -> loop.roster().kick(id), (one, other) -> one.or(() -> other)));
    }

    /** Counts what the hub holds; each loop counts its own share. */
    public CompletionStage<HubCensus> census() {
        return elsewhere(loops.sum(HubCensus.EMPTY, loop -> loop.roster().census(), HubCensus::plus));
    }

    /** The hub in figures; each loop counts its own share. */
    public CompletionStage<HubFigures> figures() {
        return elsewhere(loops.sum(LoopFigures.NONE, DeliveryLoop::figures, LoopFigures::plus))
                .thenApply(all -> new HubFigures(all.load(), all.deliveries(), meters.counts()));
    }

    void onMessage(@Observes Message message) {
        long now = System.nanoTime();
        meters.message(message.type());
        Tally tally = awaited.remove(message.draftId());
        if (tally != null) {
            tally.numbered(message);
        }
        Deflated deflated = message.size() > settings.compressAbove() ? new Deflated(message.json(), meters) : null;
        loops.each(loop -> loop.route(message, tally, deflated, now));
    }

    /**
     * Takes no new connections any more, sends all clients away, and returns when all have gone or the time for it is
     * over. Only the first who comes does it; whoever comes later waits for the end of it.
     */
    public synchronized void sendAway() {
        draining = true;
        if (!sentAway) {
            sentAway = true;
            drain.run();
        }
    }

    /** Takes new connections again, unless the application ends; waits until those have gone that are being sent away. */
    public synchronized void accept() {
        if (!ending) {
            draining = false;
            sentAway = false;
        }
    }

    /** What comes of it is not to be done by a loop. */
    private <T> CompletionStage<T> elsewhere(CompletableFuture<T> sum) {
        return sum.thenApplyAsync(Function.identity(), background);
    }

    private static <T> List<T> both(List<T> some, List<T> others) {
        List<T> both = new ArrayList<>(some);
        both.addAll(others);
        return both;
    }

    private void ended(Connection connection) {
        Place place = connections.remove(connection.id());
        if (place != null) {
            places.giveBack(place);
        }
    }

    private void opened(Connection connection, OpenRequest request) {
        if (!connection.isOpen()) {
            // newer connections of the user have pushed it out already
            ended(connection);
            return;
        }
        Client client = connection.client();
        List<String> names = request.channels() == null
                ? client.endpoint().defaults().stream().map(Object::toString).toList()
                : request.channels();
        ChannelRequest channels = ChannelRequest.of(names, client.endpoint(), connection.visibility())
                .within(settings.maxSubscriptions(), connection.subscriptions());
        connection.audit(channels);
        connection.loop().open(connection);
        meters.opened();
        connection.answer(writer.control(established(connection, channels), null));
        Runnable start = () -> {
            channels.granted().forEach(connection::subscribe);
            catchUp.opened(connection, channels.granted());
        };
        if (request.resume()) {
            connection.awaitResume(start);
        } else {
            start.run();
        }
    }

    private ControlFrame.ConnectionEstablished established(Connection connection, ChannelRequest request) {
        Client client = connection.client();
        return new ControlFrame.ConnectionEstablished(
                connection.id(),
                client.user(),
                client.endpoint().path(),
                client.subprotocol().token(),
                journal.epoch(),
                // not the journal's, which may be ahead of what the loop brings: a cursor must not pass over that
                connection.loop().routedTo(),
                Instant.now(),
                settings.heartbeat(),
                request.granted().stream().map(Object::toString).toList(),
                request.refused(),
                settings.limits(connection.messagesPerSecond()),
                connection.expiry().orElse(null));
    }
}
