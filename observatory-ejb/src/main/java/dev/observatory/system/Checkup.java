package dev.observatory.system;

import dev.observatory.alert.Alerts;
import dev.observatory.message.Alert.Severity;
import dev.observatory.message.ComponentHealth;
import dev.observatory.message.HealthStatus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * One component with what was last found of it. Its check may hang, as a database does behind a broken network: then
 * this says so, and nobody else is held up. Thread-safe.
 */
final class Checkup {

    private static final Logger LOG = System.getLogger(Checkup.class.getName());

    /** A check that takes longer finds nothing good any more. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Component component;
    private final Alerts alerts;
    private final Executor executor;
    private final Clock clock;

    /** When the check that is running began; null while none is. Guarded by this object's lock. */
    private Instant begun;

    /** Guarded by this object's lock. */
    private ComponentHealth latest;

    Checkup(Component component, Alerts alerts, Executor executor, Clock clock) {
        this.component = component;
        this.alerts = alerts;
        this.executor = executor;
        this.clock = clock;
        latest = new ComponentHealth(component.name(), HealthStatus.UNAVAILABLE, "not checked yet", null);
    }

    /** What was found last. */
    synchronized ComponentHealth latest() {
        return latest;
    }

    /** Has the component checked, unless a check is running. */
    synchronized void begin() {
        if (begun == null) {
            begun = clock.instant();
            start();
        } else if (begun.plus(PATIENCE).isBefore(clock.instant())) {
            found(Diagnosis.unavailable("It has not answered since " + begun));
        }
    }

    /** To be called with this object's lock. */
    private void start() {
        try {
            executor.execute(this::check);
        } catch (RejectedExecutionException full) {
            // as at the application's end: it says nothing of the component, and must not hold up the others
            begun = null;
            LOG.log(Level.WARNING, "The server takes no check of {0}: {1}", component.name(), full.getMessage());
        }
    }

    private void check() {
        Diagnosis diagnosis;
        try {
            diagnosis = component.check();
        } catch (RuntimeException failure) {
            LOG.log(Level.ERROR, "The check of " + component.name() + " failed", failure);
            diagnosis = Diagnosis.unavailable("Its check failed: " + failure);
        }
        end(diagnosis);
    }

    private synchronized void end(Diagnosis diagnosis) {
        begun = null;
        found(diagnosis);
    }

    /** To be called with this object's lock, so that alerts are raised and resolved in the order of what was found. */
    private void found(Diagnosis diagnosis) {
        latest = new ComponentHealth(component.name(), diagnosis.status(), diagnosis.details(), clock.instant());
        alert(HealthStatus.DEGRADED, Severity.WARNING);
        alert(HealthStatus.UNAVAILABLE, Severity.ERROR);
    }

    private void alert(HealthStatus bad, Severity severity) {
        String kind = bad.name();
        if (latest.status() == bad) {
            String title = "The " + component.name() + " is " + kind.toLowerCase(Locale.ROOT);
            alerts.raise(component.name(), kind, severity, title, latest.details());
        } else {
            alerts.resolve(component.name(), kind);
        }
    }
}
