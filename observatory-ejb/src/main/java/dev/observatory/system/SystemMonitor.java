package dev.observatory.system;

import dev.observatory.config.Settings;
import jakarta.annotation.PostConstruct;
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
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/**
 * Has all components checked, from the application's start to its end. Thread-safe; the container calls it, and anybody
 * may ask for the {@link #health}.
 */
@Singleton
@Startup
@DependsOn("JournalLifecycle")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class SystemMonitor {

    private static final String INTERVAL = "observatory.system.check-interval";

    @Inject
    @Any
    private Instance<Component> components;

    @Inject
    private Alerts alerts;

    @Inject
    private Config config;

    @Resource
    private ManagedExecutorService executor;

    private List<Checkup> checkups;
    private Duration interval;

    /** Guarded by this object's lock. */
    private Instant lastBegun = Instant.MIN;

    @PostConstruct
    void start() {
        interval = new Settings(config).value(INTERVAL, Duration.class);
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException(INTERVAL + " is " + interval + ", but has to be above zero");
        }
        checkups = components.stream()
                .sorted(Comparator.comparing(Component::name))
                .map(component -> new Checkup(component, alerts, executor, Clock.systemUTC()))
                .toList();
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    synchronized void supervise() {
        Instant now = Instant.now();
        // a timer is never exact: what is due within a tenth of its interval is due
        if (lastBegun.isBefore(now.minus(interval.multipliedBy(9).dividedBy(10)))) {
            lastBegun = now;
            checkups.forEach(Checkup::begin);
        }
    }

    /** How everything was when it was last checked. */
    public SystemHealth health() {
        return SystemHealth.of(checkups.stream().map(Checkup::latest).toList());
    }
}
