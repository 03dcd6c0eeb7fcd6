package dev.observatory.gpu;

import dev.observatory.gpu.GpuStatus.Condition;
import dev.observatory.message.Draft;
import dev.observatory.message.GpuStats;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Reads the GPUs again and again, one reading at a time, and tells of each. Thread-safe: it is supervised on one thread and
 * reads on another.
 */
final class Sampling {

    private static final Logger LOG = System.getLogger(Sampling.class.getName());

    private final GpuConfig config;
    private final Optional<NvidiaSmi> nvidiaSmi;
    private final Gpus gpus;
    private final Consumer<Draft> drafts;
    private final Executor executor;
    private final Clock clock;

    /** When the last reading began. Guarded by this object's lock. */
    private Instant begun = Instant.EPOCH;

    /** Whether a reading is under way. Guarded by this object's lock. */
    private boolean isReading;

    private volatile boolean isStopped;

    /** @param drafts is told each sample, those of one reading by index */
    Sampling(GpuConfig config, Consumer<Draft> drafts, Executor executor, Clock clock) {
        this.config = config;
        this.drafts = drafts;
        this.executor = executor;
        this.clock = clock;
        nvidiaSmi = config.command().map(it -> new NvidiaSmi(it, config.timeout(), config.maxOutputBytes()));
        gpus = new Gpus(nvidiaSmi.isPresent() ? Condition.PENDING : Condition.OFF, config.inferenceMaxAge(), clock);
    }

    Gpus gpus() {
        return gpus;
    }

    /** Has the GPUs read if it is time; to be called about once a second. */
    void supervise() {
        if (nvidiaSmi.isPresent() && begin()) {
            try {
                executor.execute(() -> read(nvidiaSmi.get()));
            } catch (RejectedExecutionException e) {
                LOG.log(Level.WARNING, "The server takes no reading of the GPUs now", e);
                end();
            }
        }
    }

    /** Ends the reading that is under way, and tells nothing any more. */
    void stop() {
        isStopped = true;
        nvidiaSmi.ifPresent(NvidiaSmi::stop);
    }

    private synchronized boolean begin() {
        Instant now = clock.instant();
        if (isReading || isStopped || !isDue(now)) {
            return false;
        }
        isReading = true;
        begun = now;
        return true;
    }

    private boolean isDue(Instant now) {
        boolean isAbsent = gpus.status().condition() == Condition.ABSENT;
        Duration pause = isAbsent ? config.intervalAbsent() : config.interval();
        Duration passed = Duration.between(begun, now);
        // a timer is never exact: what is due within a tenth of its interval is due; and clocks are set back at times
        return passed.isNegative() || passed.compareTo(pause.multipliedBy(9).dividedBy(10)) >= 0;
    }

    private synchronized void end() {
        isReading = false;
    }

    private void read(NvidiaSmi source) {
        try {
            QueryResult result = source.query();
            if (!isStopped) {
                take(result);
            }
        } catch (InterruptedException e) {
            // the server's way to say that the application ends
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A reading of the GPUs failed", e);
            gpus.take(new QueryResult.Failed("its reading failed: " + e));
        } finally {
            // not before all is told: otherwise a later sample could be told first
            end();
        }
    }

    private void take(QueryResult result) {
        GpuStatus before = gpus.status();
        List<GpuStats> samples = gpus.take(result);
        log(before, gpus.status());
        samples.stream().map(Draft::of).forEach(drafts);
    }

    private static void log(GpuStatus before, GpuStatus now) {
        if (before.condition() != now.condition()) {
            switch (now.condition()) {
                case ABSENT -> LOG.log(Level.INFO, "No GPU is watched: {0}", now.reason());
                case FAILING -> LOG.log(Level.WARNING, "The GPUs cannot be read: {0}", now.reason());
                default ->
                    LOG.log(
                            Level.INFO,
                            "GPUs that are watched: {0}",
                            now.present().size());
            }
        }
        if (before.unreadableLines() == 0 && now.unreadableLines() > 0) {
            LOG.log(Level.WARNING, "Lines about GPUs that cannot be read: {0}", now.unreadableLines());
        }
    }
}
