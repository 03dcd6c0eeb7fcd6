package dev.observatory.hub;

import dev.observatory.protocol.CloseCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The loops that deliver, each with a thread of its own. Thread-safe. */
final class DeliveryLoops {

    private static final int PATIENCE_MS = 2_000;

    private final List<DeliveryLoop> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    /** Makes so many and starts them. */
    DeliveryLoops(int count, Supplier<DeliveryLoop> making, ThreadFactory factory) {
        for (int i = 0; i < count; i++) {
            DeliveryLoop loop = making.get();
            Thread thread = factory.newThread(loop);
            thread.setName("observatory-delivery-" + i);
            loops.add(loop);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
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
    void stop() {
        loops.forEach(DeliveryLoop::stop);
        for (int i = 0; i < loops.size(); i++) {
            if (ended(threads.get(i))) {
                loops.get(i).abandon().forEach(socket -> socket.close(CloseCode.SHUTDOWN));
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
