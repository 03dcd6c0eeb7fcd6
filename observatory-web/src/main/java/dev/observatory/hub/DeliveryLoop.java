package dev.observatory.hub;

import dev.observatory.hub.HubFigures.Load;
import dev.observatory.message.Channel;
import dev.observatory.message.Message;
import dev.observatory.protocol.CloseCode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One thread that delivers to its share of the connections. {@link #execute} and {@link #run(Runnable)} may be called
 * by any thread; all else happens on the loop's own, one thing after the other.
 */
final class DeliveryLoop implements Runnable, Executor {

    private static final Logger LOG = System.getLogger(DeliveryLoop.class.getName());

    /** How long those wait that have been sent as much as their rate allows. */
    private static final long SOON_NANOS = 20_000_000;

    /** So many tasks are done before what they queued is sent: the larger, the fuller the frames under load. */
    private static final int MAX_TASKS = 256;

    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final SubscriptionIndex index = new SubscriptionIndex();
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final Set<Connection> ready = new LinkedHashSet<>();

    /** Those that may go on when a little time has passed. */
    private final Set<Connection> waiting = new LinkedHashSet<>();

    private final Executor background;
    private final Consumer<Connection> onEnd;
    private final HubMeters hubMeters;
    private final LoopMeters meters = new LoopMeters();
    private final long tickNanos;

    /** The number of the last message that this loop has looked up recipients for, or that came before it. */
    private long routedTo;

    private volatile Thread thread;
    private volatile boolean stopped;

    /**
     * @param routedTo the number of the last message of which the loop will not hear
     * @param background runs what may take a while
     * @param onEnd hears of every connection that has ended, on the loop's thread
     * @param hubMeters where everybody counts what is not the loop's alone
     * @param tick how often time-dependent matters are looked after
     */
    DeliveryLoop(long routedTo, Executor background, Consumer<Connection> onEnd, HubMeters hubMeters, Duration tick) {
        this.routedTo = routedTo;
        this.background = background;
        this.onEnd = onEnd;
        this.hubMeters = hubMeters;
        this.tickNanos = tick.toNanos();
    }

    @Override
    public void execute(Runnable task) {
        inbox.add(task);
    }

    /** Runs a task on the loop: at once when called there, otherwise soon. */
    void run(Runnable task) {
        if (Thread.currentThread() == thread) {
            task.run();
        } else {
            execute(task);
        }
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        // Payara captures context at every send and searches this loader for providers: with the application's own,
        // every jar in the WAR, which makes a send two to three times as dear
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        List<Runnable> tasks = new ArrayList<>(MAX_TASKS);
        long nextTick = System.nanoTime() + tickNanos;
        while (!stopped) {
            try {
                long patience = Math.max(0, nextTick - System.nanoTime());
                Runnable first =
                        inbox.poll(waiting.isEmpty() ? patience : Math.min(patience, SOON_NANOS), TimeUnit.NANOSECONDS);
                if (first != null) {
                    tasks.add(first);
                    inbox.drainTo(tasks, MAX_TASKS - 1);
                }
            } catch (InterruptedException e) {
                stopped = true;
            }
            tasks.forEach(DeliveryLoop::guarded);
            tasks.clear();
            ready.addAll(waiting);
            waiting.clear();
            drainReady();
            long now = System.nanoTime();
            if (now - nextTick >= 0) {
                nextTick = now + tickNanos;
                List.copyOf(connections).forEach(connection -> guarded(() -> connection.tick(now)));
                drainReady();
            }
        }
    }

    /** Lets the thread end after what it is doing. */
    void stop() {
        stopped = true;
        execute(() -> {});
    }

    /**
     * Ends all connections at shutdown, those that were just being opened too. Called by another thread once the loop's
     * own has ended, whose place it takes.
     *
     * @return the sockets that are still to be closed
     */
    List<ClientSocket> abandon() {
        thread = Thread.currentThread();
        for (Runnable task = inbox.poll(); task != null; task = inbox.poll()) {
            guarded(task);
        }
        List<Connection> left = List.copyOf(connections);
        left.forEach(Connection::gone);
        return left.stream().map(Connection::socket).toList();
    }

    void open(Connection connection) {
        connections.add(connection);
        index.add(Channel.EVERYONE, connection);
        connection.opened();
    }

    void forget(Connection connection) {
        if (connections.remove(connection)) {
            index.remove(Channel.EVERYONE, connection);
            ready.remove(connection);
            waiting.remove(connection);
            onEnd.accept(connection);
        }
    }

    /** The connection has something to send. */
    void ready(Connection connection) {
        ready.add(connection);
    }

    /** The connection has something that it may send in a little while. */
    void readySoon(Connection connection) {
        waiting.add(connection);
    }

    void closeLater(ClientSocket socket, CloseCode code, String reason) {
        try {
            background.execute(() -> socket.close(code, reason));
        } catch (RejectedExecutionException e) {
            socket.close(code, reason);
        }
    }

    /**
     * Queues a message for every connection of this loop that it is for.
     *
     * @param deflated its compressed form, null when it has none
     * @param numberedAt when it got its number, {@link System#nanoTime}
     */
    void route(Message message, Tally tally, Deflated deflated, long numberedAt) {
        routedTo = message.pos();
        List<Connection> recipients = index.recipients(message);
        if (tally != null) {
            tally.matched(recipients.size());
        }
        if (!recipients.isEmpty()) {
            Outgoing frame = Outgoing.of(message, tally, deflated, numberedAt);
            recipients.forEach(recipient -> recipient.deliver(frame));
        }
    }

    /** Whoever subscribes now gets every message with a higher number, and none with a lower. */
    long routedTo() {
        return routedTo;
    }

    SubscriptionIndex index() {
        return index;
    }

    LoopMeters meters() {
        return meters;
    }

    HubMeters hubMeters() {
        return hubMeters;
    }

    /** What the loop holds, and what it has delivered; what all loops share is not in it. */
    LoopFigures figures() {
        long now = System.nanoTime();
        Load load =
                connections.stream().map(connection -> Load.of(connection, now)).reduce(Load.NONE, Load::plus);
        return new LoopFigures(load, meters.deliveries());
    }

    List<Connection> connections() {
        return List.copyOf(connections);
    }

    /** @param user whose connections are wanted; null for everybody's */
    List<ConnectionReport> reports(String user) {
        long now = System.nanoTime();
        return connections.stream()
                .filter(connection ->
                        user == null || user.equals(connection.client().user()))
                .map(connection -> connection.report(now))
                .toList();
    }

    /** Ends the connection of that id, and says whose it was; empty when it is none of this loop's. */
    Optional<String> kick(String id) {
        Optional<Connection> found = connections.stream()
                .filter(connection -> connection.id().equals(id))
                .findFirst();
        found.ifPresent(connection -> connection.close(CloseCode.KICKED));
        return found.map(connection -> connection.client().user());
    }

    HubCensus census() {
        return new HubCensus(
                connections.stream().map(Connection::id).toList(),
                connections.stream().mapToInt(c -> c.subscriptions().size()).sum(),
                index.channels() - (connections.isEmpty() ? 0 : 1),
                connections.stream().mapToInt(Connection::queuedFrames).sum(),
                connections.stream().mapToLong(Connection::queuedBytes).sum());
    }

    private void drainReady() {
        while (!ready.isEmpty()) {
            List<Connection> turn = List.copyOf(ready);
            ready.clear();
            turn.forEach(connection -> guarded(connection::drain));
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // an Error too: a loop that ended would leave its clients connected to nobody
            LOG.log(Level.ERROR, "a fault in a delivery loop, which goes on", e);
        }
    }
}
