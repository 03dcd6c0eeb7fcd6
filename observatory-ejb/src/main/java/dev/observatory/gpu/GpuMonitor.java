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
import java.util.function.Consumer;
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

    /** The last sample of each GPU that was found or reported since the start, by index; its time says how old it is. */
    public List<GpuStats> latest() {
        return sampling.gpus().latest();
    }

    /** How the reading goes. */
    public GpuStatus status() {
        return sampling.gpus().status();
    }

    /**
     * Takes note of how fast inference runs on a GPU. The samples of that GPU have it for {@code
     * observatory.gpu.inference-max-age}.
     *
     * @param gpuIndex 0 to {@value GpuStats#MAX_INDEX}
     * @param fps pictures in a second: 0 or more, and finite
     * @return whether there is such a GPU at present; where there is none, nobody is told
     * @throws dev.observatory.message.InvalidValueException when one of the two is out of its range
     */
    public boolean inferenceFps(int gpuIndex, double fps) {
        return sampling.gpus().inferenceFps(gpuIndex, fps);
    }

    /**
     * Takes note of a sample that was made elsewhere, and has it told as it is.
     *
     * @param tell is given what has to be told
     */
    public void report(GpuStats sample, Consumer<Draft> tell) {
        sampling.gpus().take(sample);
        tell.accept(Draft.of(sample));
    }
}
