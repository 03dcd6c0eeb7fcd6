package dev.observatory.gpu;

import dev.observatory.message.Draft;
import dev.observatory.message.GpuStats;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/**
 * Has the machine's GPUs read from the application's start to its end. Its timer supervises; the reading, which may take
 * seconds, runs on the server's executor.
 *
 * <p>Thread-safe; the container calls it, and anybody may ask for the {@link #latest} and the {@link #status}.
 */
@Singleton
@Startup
@DependsOn("JournalLifecycle")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class GpuMonitor {

    @Inject
    private Event<Draft> drafts;

    @Inject
    private Config config;

    @Resource
    private ManagedExecutorService executor;

    private Sampling sampling;

    @PostConstruct
    void start() {
        sampling = new Sampling(GpuConfig.of(config), drafts::fire, executor, Clock.systemUTC());
    }

    @PreDestroy
    void stop() {
        sampling.stop();
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void supervise() {
        sampling.supervise();
    }

    /** The last sample of each GPU that was ever found since the start, by index; its time says how old it is. */
    public List<GpuStats> latest() {
        return sampling.gpus().latest();
    }

    /** How the reading goes. */
    public GpuStatus status() {
        return sampling.gpus().status();
    }

    /**
     * Takes note of how fast inference runs on a GPU. The samples of that GPU have it for {@code
     * observatory.gpu.inference-max-age}; where there is no such GPU, nobody is told.
     *
     * @param gpuIndex 0 to {@value GpuStats#MAX_INDEX}
     * @param fps pictures in a second: 0 or more, and finite
     * @throws IllegalArgumentException when one of the two is out of its range; the message names it
     */
    public void inferenceFps(int gpuIndex, double fps) {
        sampling.gpus().inferenceFps(gpuIndex, fps);
    }
}
