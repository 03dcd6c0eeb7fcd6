package dev.observatory.system;

import dev.observatory.alert.Alerts;
import dev.observatory.config.Settings;
import dev.observatory.message.Draft;
import dev.observatory.message.SystemStatus;
import dev.observatory.watch.TranscriptWatcher;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Has all components checked, from the application's start to its end, and tells after each round how the system is. Its
 * timer supervises; checking and telling run on the server's executor, so neither can hold it up or end it.
 *
 * <p>Thread-safe; the container calls it, and anybody may ask for the {@link #health} and the {@link #latest} status.
 */
@Singleton
@Startup
// what is asked of these has to be asked before they end
@DependsOn({"JournalLifecycle", "TranscriptWatcher", "GpuMonitor"})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class SystemMonitor {

    private static final String INTERVAL = "observatory.system.check-interval";

    @Inject
    @Any
    private Instance<Component> components;

    @Inject
    private Instance<DeliveryReport> delivery;

    @Inject
    private JvmComponent jvm;

    @Inject
    private HostComponent host;

    @EJB
    private TranscriptWatcher watcher;

    @Inject
    private LatestStatus latest;

    @Inject
    private Alerts alerts;

    @Inject
    private Event<Draft> drafts;

    @Inject
    private Config config;

    @Resource
    private ManagedExecutorService executor;

    private List<Checkup> checkups;
    private Pulse pulse;
    private Rounds rounds;

    @PostConstruct
    void start() {
        Clock clock = Clock.systemUTC();
        Duration interval = new Settings(config).positiveDuration(INTERVAL);
        // asking for the names begins every one of them, so that a wrong setting of one stops the deployment
        checkups = components.stream()
                .sorted(Comparator.comparing(Component::name))
                .map(component -> new Checkup(component, alerts, executor, clock))
                .toList();
        StatusAssembly assembly =
                new StatusAssembly(this::health, this::delivery, watcher::status, jvm::figures, host::figures, clock);
        pulse = new Pulse(assembly::assemble, latest, drafts::fire, executor);
        rounds = new Rounds(checkups, pulse, interval, clock);
    }

    @PreDestroy
    void stop() {
        pulse.stop();
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void supervise() {
        rounds.supervise();
    }

    /** How everything was when it was last checked. */
    public SystemHealth health() {
        return SystemHealth.of(checkups.stream().map(Checkup::latest).toList());
    }

    /** The status that was told last, by whomever; the present one where none has been told yet. Waits for nothing. */
    public SystemStatus latest() {
        return pulse.latest();
    }

    /** Empty also where nobody delivers. */
    private Optional<DeliveryReport.Figures> delivery() {
        return delivery.isResolvable() ? delivery.get().latest() : Optional.empty();
    }
}
