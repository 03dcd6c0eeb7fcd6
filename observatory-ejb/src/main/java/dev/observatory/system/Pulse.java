package dev.observatory.system;

import dev.observatory.message.Draft;
import dev.observatory.message.SystemStatus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells how the system is whenever it is asked to, on the executor and once at a time: whoever asks neither waits for it
 * nor hears of its failures, which the log is told, once until it works again. Thread-safe.
 */
final class Pulse {

    private static final Logger LOG = System.getLogger(Pulse.class.getName());

    private final Supplier<SystemStatus> assembly;
    private final LatestStatus latest;
    private final Consumer<Draft> drafts;
    private final Executor executor;

    /** Whether a status is being told, or is about to be. */
    private final AtomicBoolean isBeating = new AtomicBoolean();

    private volatile boolean isFailing;
    private volatile boolean isStopped;

    Pulse(Supplier<SystemStatus> assembly, LatestStatus latest, Consumer<Draft> drafts, Executor executor) {
        this.assembly = assembly;
        this.latest = latest;
        this.drafts = drafts;
        this.executor = executor;
    }

    /** Has the present status told, unless one is being told. */
    void beat() {
        if (isStopped || !isBeating.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(this::tell);
        } catch (RejectedExecutionException full) {
            isBeating.set(false);
            failed("the server takes no task: " + full.getMessage(), null);
        }
    }

    /** The status that was told last, or the present one before any has been. */
    SystemStatus latest() {
        return latest.latest().orElseGet(assembly);
    }

    /** Tells nothing any more. */
    void stop() {
        isStopped = true;
    }

    private void tell() {
        try {
            latest.tell(assembly.get(), draft -> {
                drafts.accept(draft);
                return draft;
            });
            isFailing = false;
        } catch (RuntimeException failure) {
            failed("it failed", failure);
        } finally {
            isBeating.set(false);
        }
    }

    private void failed(String why, RuntimeException failure) {
        // what it asks may end before it does
        if (!isFailing && !isStopped) {
            isFailing = true;
            LOG.log(Level.WARNING, "How the system is cannot be told, which is not repeated here: " + why, failure);
        }
    }
}
