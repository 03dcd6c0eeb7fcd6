package dev.observatory.hub;

import dev.observatory.auth.token.Identity;
import dev.observatory.auth.token.Verification;
import dev.observatory.hub.FakeSocket.Mode;
import dev.observatory.journal.Journal;
import dev.observatory.journal.JsonEncoder;
import dev.observatory.journal.RingJournal;
import dev.observatory.message.Channel;
import dev.observatory.message.Draft;
import dev.observatory.message.Message;
import dev.observatory.protocol.Subprotocol;
import dev.observatory.wire.CommandReader;
import dev.observatory.wire.FrameWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Everything of the hub behind its door, with real loops and a real journal, and sockets that are fakes. */
final class TestHub implements AutoCloseable {

    final HubSettings settings;
    final Journal journal;
    final List<DeliveryLoop> loops;
    final HubMeters meters = new HubMeters();
    final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final Map<String, Tally> awaited = new ConcurrentHashMap<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ExecutorService network = Executors.newSingleThreadExecutor();
    private final FrameWriter writer = new FrameWriter(new JsonEncoder(), Clock.systemUTC());
    private final CatchUp catchUp;
    private final CommandHandler commands;

    /** What comes of tokens that are shown on open connections. */
    final Map<String, Verification> tokens = new ConcurrentHashMap<>();

    /** Of the connections to come, 0 for no limit. */
    private int messagesPerSecond;

    /** Whose the connections to come are. */
    private Identity user = People.ANN;

    TestHub(TestSettings settings) {
        this(settings, 1, null, List.of());
    }

    /** @param background runs the catch-ups, null for threads */
    TestHub(TestSettings settings, int loops, Executor background, List<SnapshotSource> sources) {
        this.settings = settings.build();
        this.journal = new RingJournal(
                new JsonEncoder(), this::announce, Clock.systemUTC(), settings.journalBytes(), Duration.ofHours(1));
        PastReader past = new PastReader(
                journal, sources, writer, meters::resumed, this.settings.resumeMessages(), this.settings.resumeBytes());
        catchUp = new CatchUp(past, writer, background == null ? threads : background);
        Executor others = background == null ? threads : background;
        this.commands = new CommandHandler(
                this.settings,
                journal,
                writer,
                catchUp,
                new Authentication(token -> tokens.get(token), writer, others));
        DeliveryLoop[] all = new DeliveryLoop[loops];
        Arrays.setAll(
                all,
                i -> new DeliveryLoop(
                        0, threads, connection -> ended.add(connection.id()), meters, this.settings.tick()));
        this.loops = List.of(all);
        this.loops.forEach(threads::execute);
    }

    void limitRate(int messages) {
        messagesPerSecond = messages;
    }

    void user(Identity identity) {
        user = identity;
    }

    FakeSocket socket(Mode mode) {
        return new FakeSocket(mode, network);
    }

    /** A connection that is subscribed, without having been sent any state. */
    Wire connect(FakeSocket socket, String... channels) {
        return connect(socket, Subprotocol.PLAIN, 1, channels);
    }

    /** @param phase where in the first interval the first ping falls */
    Wire connect(FakeSocket socket, Subprotocol subprotocol, double phase, String... channels) {
        int number = opened.getAndIncrement();
        DeliveryLoop loop = loops.get(number % loops.size());
        Connection connection = new Connection(
                "c" + number,
                People.client(user, subprotocol),
                People.rights(user),
                socket,
                loop,
                settings,
                writer,
                catchUp::restate,
                messagesPerSecond,
                phase);
        loop.execute(() -> {
            loop.open(connection);
            Arrays.stream(channels).map(Channel::named).forEach(connection::subscribe);
        });
        return new Wire(connection, socket, new LoopInbound(connection, new CommandReader(), commands, settings));
    }

    /** A connection that is going to be resumed; if it is not, it has these channels. */
    Wire reconnect(FakeSocket socket, String... channels) {
        Wire wire = connect(socket);
        List<Channel> granted = Arrays.stream(channels).map(Channel::named).toList();
        Connection connection = wire.connection();
        connection
                .loop()
                .execute(() -> connection.awaitResume(() -> {
                    granted.forEach(connection::subscribe);
                    catchUp.opened(connection, granted);
                }));
        return wire;
    }

    /** Both ends of a connection. */
    record Wire(Connection connection, FakeSocket socket, Inbound inbound) {

        String id() {
            return connection.id();
        }

        void says(String command) {
            inbound.text(command);
        }

        void resumes(String epoch, long high, long normal, long low, String... channels) {
            says("{\"type\":\"resume\",\"id\":1,\"data\":{\"epoch\":\"" + epoch + "\",\"cursor\":{\"high\":" + high
                    + ",\"normal\":" + normal + ",\"low\":" + low + "},\"channels\":[\""
                    + String.join("\",\"", channels) + "\"]}}");
        }

        void subscribesAfter(String channel, long seq) {
            says("{\"type\":\"subscribe\",\"data\":{\"channels\":[\"" + channel + "\"],\"after\":{\"" + channel + "\":"
                    + seq + "}}}");
        }

        void subscribes(String... channels) {
            says("{\"type\":\"subscribe\",\"data\":{\"channels\":[\"" + String.join("\",\"", channels) + "\"]}}");
        }
    }

    Message append(Channel channel, Channel... views) {
        return journal.append(new Draft("d", "note", channel, List.of(views), Map.of("n", journal.pos() + 1)));
    }

    CompletableFuture<BroadcastResult> broadcast(Draft draft) {
        Tally tally = new Tally(loops.size(), threads);
        awaited.put(draft.id(), tally);
        journal.append(draft);
        return tally.result().toCompletableFuture();
    }

    private void announce(Message message) {
        Tally tally = awaited.remove(message.draftId());
        if (tally != null) {
            tally.numbered(message);
        }
        Deflated deflated = message.size() > settings.compressAbove() ? new Deflated(message.json(), meters) : null;
        loops.forEach(loop -> loop.execute(() -> loop.route(message, tally, deflated, System.nanoTime())));
    }

    /** Waits until the loops have done what was asked of them before, sends included. */
    void settle() {
        for (int round = 0; round < 2; round++) {
            loops.forEach(loop -> await(CompletableFuture.runAsync(() -> {}, loop)));
        }
    }

    HubCensus census() {
        return loops.stream()
                .map(loop ->
                        await(CompletableFuture.supplyAsync(() -> loop.roster().census(), loop)))
                .reduce(HubCensus.EMPTY, HubCensus::plus);
    }

    /** Waits for what happens on other threads, and does not wait where it has happened already. */
    static ConditionFactory soon() {
        return Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(30));
    }

    static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        loops.forEach(DeliveryLoop::stop);
        threads.shutdownNow();
        network.shutdownNow();
    }
}
