package dev.observatory.hub;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The loops that deliver, each with a thread of its own. Thread-safe. */
final class DeliveryLoops {

    private static final int PATIENCE_MS = 2_000;

    /** So often it is looked within the time that a send may take. */
    private static final int LOOKS = 4;

    private static final Logger LOG = System.getLogger(DeliveryLoops.class.getName());

    private final List<DeliveryLoop> loops = new ArrayList<>();
    private final ThreadFactory factory;
    private final long patienceNanos;

    /** One for each loop. Guarded by this object's lock, once they have been started. */
    private final List<Thread> threads = new ArrayList<>();

    private final Thread watch;
    private boolean stopping;
    private final AtomicInteger next = new AtomicInteger();

    /**
     * Makes so many and starts them.
     *
     * @param patience how long the server may take for a send to come back; then the loop gets another thread
     */
    DeliveryLoops(int count, Supplier<DeliveryLoop> making, ThreadFactory factory, Duration patience) {
        this.factory = factory;
        patienceNanos = patience.toNanos();
        for (int i = 0; i < count; i++) {
            DeliveryLoop loop = making.get();
            loops.add(loop);
            threads.add(thread(i, loop));
        }
        threads.forEach(Thread::start);
        watch = factory.newThread(this::watch);
        watch.setName("observatory-delivery-watch");
        watch.start();
    }

    private Thread thread(int number, DeliveryLoop loop) {
        Thread thread = factory.newThread(loop);
        thread.setName("observatory-delivery-" + number);
        return thread;
    }

    /**
     * Looks whether threads come back from the server. Payara's may not: a client that says goodbye and is gone while it is
     * sent something makes two of its threads wait for each other for ever, one of them the loop's.
     */
    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                TimeUnit.NANOSECONDS.sleep(patienceNanos / LOOKS);
                watchOnce();
            }
        } catch (InterruptedException e) {
            // the application ends
        }
    }

    private void watchOnce() {
        try {
            replaceStuck();
        } catch (RuntimeException | OutOfMemoryError e) {
            // no thread can be had, perhaps: next time there may be one
            LOG.log(Level.ERROR, "a delivery loop has not come back from the server, and gets no other thread", e);
        }
    }

    private synchronized void replaceStuck() {
        for (int i = 0; i < loops.size() && !stopping; i++) {
            DeliveryLoop loop = loops.get(i);
            if (loop.stuckFor(System.nanoTime()) <= patienceNanos) {
                continue;
            }
            Thread successor = thread(i, loop);
            if (loop.takeOver(successor, patienceNanos)) {
                threads.set(i, successor);
                LOG.log(
                        Level.ERROR,
                        "delivery loop {0} has not come back from the server: it goes on with another thread, and its"
                                + " clients are to come back",
                        i);
            }
        }
    }

    List<DeliveryLoop> all() {
        return List.copyOf(loops);
    }

    int count() {
        return loops.size();
    }

    /** The one whose turn it is to take on a connection. */
    DeliveryLoop next() {
        return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    }

    /** Has something done by each of them. */
    void each(Consumer<DeliveryLoop> task) {
        loops.forEach(loop -> loop.execute(() -> task.accept(loop)));
    }

    /** Adds up what each of them says of itself. */
    <T> CompletableFuture<T> sum(T zero, Function<DeliveryLoop, T> share, BinaryOperator<T> plus) {
        CompletableFuture<T> sum = CompletableFuture.completedFuture(zero);
        for (DeliveryLoop loop : loops) {
            sum = sum.thenCombine(CompletableFuture.supplyAsync(() -> share.apply(loop), loop), plus);
        }
        return sum;
    }

    /** Ends them, and the connections that they have left. */
    synchronized void stop() {
        stopping = true;
        watch.interrupt();
        loops.forEach(DeliveryLoop::stop);
        for (int i = 0; i < loops.size(); i++) {
            if (ended(threads.get(i))) {
                loops.get(i).abandon().forEach(Connection::closeSocket);
            }
        }
    }

    private static boolean ended(Thread thread) {
        try {
            thread.join(PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
