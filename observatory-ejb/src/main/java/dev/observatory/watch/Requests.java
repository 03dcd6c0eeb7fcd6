package dev.observatory.watch;

import dev.observatory.conversation.HookEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What other threads ask of the reading thread. Thread-safe. A request that already waits is not queued again, so that
 * a thousand notifications of one file cost one look.
 */
final class Requests {

    /** What can be asked for beyond looking at a path. */
    enum Order {
        SWEEP_RECENT,
        SWEEP_ALL,
        TICK,
        RETIRE,
        STOP
    }

    /**
     * What waited, in the order of its coming.
     *
     * @param files to be looked at
     * @param directories to be looked at with everything below, because they came or went
     * @param hooks what hooks have told, each of them
     */
    record Batch(Set<Path> files, Set<Path> directories, Set<Order> orders, List<HookEvent> hooks) {}

    /** How many events of hooks may wait. They are taken within milliseconds, so more means that nobody takes any. */
    static final int MAX_HOOKS = 1000;

    private static final Batch NOTHING = new Batch(Set.of(), Set.of(), Set.of(), List.of());

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();

    // guarded by lock
    private Set<Path> files = new LinkedHashSet<>();
    private Set<Path> directories = new LinkedHashSet<>();
    private Set<Order> orders = EnumSet.noneOf(Order.class);
    private List<HookEvent> hooks = new ArrayList<>(0);

    void look(Path file) {
        put(() -> files.add(file));
    }

    void lookBelow(Path directory) {
        put(() -> directories.add(directory));
    }

    void order(Order order) {
        put(() -> orders.add(order));
    }

    /** @return false if too many wait */
    boolean report(HookEvent event) {
        lock.lock();
        try {
            boolean fits = hooks.size() < MAX_HOOKS;
            if (fits) {
                hooks.add(event);
                asked.signal();
            }
            return fits;
        } finally {
            lock.unlock();
        }
    }

    private void put(Runnable addition) {
        lock.lock();
        try {
            addition.run();
            asked.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes everything that waits.
     *
     * @param patience how long to wait for a first request
     */
    Batch take(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (nothingWaits()) {
                if (left <= 0) {
                    return NOTHING;
                }
                left = asked.awaitNanos(left);
            }
            Batch batch = new Batch(files, directories, orders, hooks);
            files = new LinkedHashSet<>();
            directories = new LinkedHashSet<>();
            orders = EnumSet.noneOf(Order.class);
            hooks = new ArrayList<>(0);
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private boolean nothingWaits() {
        return files.isEmpty() && directories.isEmpty() && orders.isEmpty() && hooks.isEmpty();
    }
}
