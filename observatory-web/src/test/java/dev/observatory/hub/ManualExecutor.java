package dev.observatory.hub;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs tasks when the test says so, on the test's thread. */
final class ManualExecutor implements Executor {

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    private volatile boolean refusing;

    @Override
    public void execute(Runnable task) {
        if (refusing) {
            refusing = false;
            throw new RejectedExecutionException("a refusal that a test asked for");
        }
        tasks.add(task);
    }

    void refuseNext() {
        refusing = true;
    }

    int waiting() {
        return tasks.size();
    }

    /** Runs the oldest task; does nothing when there is none. */
    void runNext() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
    }
}
