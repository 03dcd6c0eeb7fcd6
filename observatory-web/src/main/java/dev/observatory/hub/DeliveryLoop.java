package dev.observatory.hub;

import dev.observatory.hub.HubFigures.Load;
import dev.observatory.message.Message;
import dev.observatory.protocol.CloseCode;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
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
    private final Roster roster = new Roster();
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

    /** What was taken out of the inbox and is not done yet. */
    private final Deque<Runnable> taken = new ArrayDeque<>();

    /** The loop's own; another one is not the loop's any more. */
    private volatile Thread thread;

    private volatile boolean stopped;

    /** Whom the server is just given something for; null while it is given nothing. */
    private volatile Connection sendingTo;

    /** Since when, {@link System#nanoTime}. */
    private volatile long sendingSince;

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
        if (isOwn()) {
            task.run();
        } else {
            execute(task);
        }
    }

    private boolean isOwn() {
        return Thread.currentThread() == thread;
    }

    /** Gives the server something for that connection; it may not come back from that for a while, or ever. */
    void give(Connection connection, Send send) throws IOException {
        sendingSince = System.nanoTime();
        sendingTo = connection;
        try {
            send.run();
        } finally {
            cameBack();
        }
    }

    private synchronized void cameBack() {
        if (!isOwn()) {
            throw new Superseded();
        }
        sendingTo = null;
    }

    /** For how long the server has not come back from a send, nanoseconds; 0 when none is under way. */
    long stuckFor(long now) {
        return sendingTo == null ? 0 : now - sendingSince;
    }

    /**
     * Gives the loop another thread because its own does not come back from the server. What that one was in the middle of
     * is unknown, so all connections of the loop end, for their clients to come back and ask for what they have missed.
     * The connection that it does not come back from is not touched any more: whoever does would not come back either.
     *
     * @param successor runs this loop, and is not started yet
     * @param patienceNanos for how long the server may not have come back
     * @return false when it has come back meanwhile, and nothing was done
     */
    synchronized boolean takeOver(Thread successor, long patienceNanos) {
        if (stuckFor(System.nanoTime()) <= patienceNanos) {
            return false;
        }
        Connection culprit = sendingTo;
        Thread stuck = thread;
        // from now on whatever the old one still does, should it come back, comes to nothing
        thread = successor;
        sendingTo = null;
        // before all that waits: who lacks what the old thread was bringing must not be given what came after it
        taken.addFirst(() -> {
            ready.clear();
            waiting.clear();
            for (Connection connection : roster.all()) {
                if (connection == culprit) {
                    connection.abandon();
                } else {
                    connection.close(CloseCode.INTERNAL_ERROR);
                }
            }
        });
        boolean isStarted = false;
        try {
            successor.start();
            isStarted = true;
        } finally {
            if (!isStarted) {
                taken.removeFirst();
                sendingTo = culprit;
                thread = stuck;
            }
        }
        return true;
    }

    @Override
    public void run() {
        if (thread == null) {
            thread = Thread.currentThread();
        }
        // Payara captures context at every send and searches this loader for providers: with the application's own,
        // every jar in the WAR, which makes a send two to three times as dear
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        long nextTick = System.nanoTime() + tickNanos;
        while (!stopped && isOwn()) {
            try {
                long patience = Math.max(0, nextTick - System.nanoTime());
                Runnable first =
                        inbox.poll(waiting.isEmpty() ? patience : Math.min(patience, SOON_NANOS), TimeUnit.NANOSECONDS);
                if (first != null) {
                    taken.add(first);
                    inbox.drainTo(taken, MAX_TASKS - 1);
                }
            } catch (InterruptedException e) {
                stopped = true;
            }
            while (isOwn() && !taken.isEmpty()) {
                guarded(taken.remove());
            }
            if (isOwn()) {
                ready.addAll(waiting);
                waiting.clear();
            }
            drainReady();
            long now = System.nanoTime();
            if (isOwn() && now - nextTick >= 0) {
                nextTick = now + tickNanos;
                roster.all().forEach(connection -> guarded(() -> connection.tick(now)));
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
     * @return those whose sockets are still to be closed
     */
    List<Connection> abandon() {
        thread = Thread.currentThread();
        inbox.drainTo(taken);
        while (!taken.isEmpty()) {
            guarded(taken.remove());
        }
        List<Connection> left = roster.all();
        left.forEach(Connection::gone);
        return left;
    }

    void open(Connection connection) {
        roster.add(connection);
        connection.opened();
    }

    void forget(Connection connection) {
        if (roster.remove(connection)) {
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
        List<Connection> recipients = roster.index().recipients(message);
        if (tally != null) {
            tally.matched(recipients.size());
        }
        if (!recipients.isEmpty()) {
            Outgoing frame = Outgoing.of(message, tally, deflated, numberedAt);
            deliver(frame, recipients);
        }
    }

    /** Whose connection is served by another thread from now on does not get it from this one. */
    private static void deliver(Outgoing frame, List<Connection> recipients) {
        int handed = 0;
        try {
            for (Connection recipient : recipients) {
                recipient.deliver(frame);
                handed++;
            }
        } catch (Superseded e) {
            recipients.subList(handed, recipients.size()).forEach(recipient -> frame.failed(recipient.id()));
            throw e;
        }
    }

    /** Whoever subscribes now gets every message with a higher number, and none with a lower. */
    long routedTo() {
        return routedTo;
    }

    Roster roster() {
        return roster;
    }

    LoopMeters meters() {
        return meters;
    }

    HubMeters hubMeters() {
        return hubMeters;
    }

    /** What the loop holds, and what it has delivered; what all loops share is not in it. */
    LoopFigures figures() {
        return new LoopFigures(Load.of(roster.all(), System.nanoTime()), meters.deliveries());
    }

    private void drainReady() {
        while (isOwn() && !ready.isEmpty()) {
            List<Connection> turn = List.copyOf(ready);
            ready.clear();
            turn.forEach(connection -> guarded(connection::drain));
        }
    }

    /** Does nothing on a thread that is not the loop's any more. */
    private void guarded(Runnable task) {
        if (!isOwn()) {
            return;
        }
        try {
            task.run();
        } catch (Superseded e) {
            LOG.log(
                    Level.INFO,
                    "a thread has come back from the server that its delivery loop does not wait for any more");
        } catch (RuntimeException | Error e) {
            // an Error too: a loop that ended would leave its clients connected to nobody
            LOG.log(Level.ERROR, "a fault in a delivery loop, which goes on", e);
        }
    }

    /** Gives the server something. */
    @FunctionalInterface
    interface Send {

        void run() throws IOException;
    }

    /**
     * Ends what a thread was doing that has come back from the server after its loop was given another one. An error,
     * since nobody on the way may handle it: none of what the loop holds is this thread's any more.
     */
    private static final class Superseded extends Error {

        private static final long serialVersionUID = 1;

        Superseded() {
            super(null, null, false, false);
        }
    }
}
