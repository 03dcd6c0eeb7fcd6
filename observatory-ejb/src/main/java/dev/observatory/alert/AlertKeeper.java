package dev.observatory.alert;

import dev.observatory.config.Settings;
import dev.observatory.conversation.StoreUnavailableException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.config.Config;

/** Keeps alerts in the store, a moment after they are told, and lets the old ones go. The container calls it. */
@Singleton
@Startup
@DependsOn("JournalLifecycle")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class AlertKeeper {

    private static final Logger LOG = System.getLogger(AlertKeeper.class.getName());

    private static final int FORGOTTEN_AT_ONCE = 1000;

    @Inject
    private Alerts alerts;

    @Inject
    private AlertStore store;

    @Inject
    private Config config;

    private final ReentrantLock turn = new ReentrantLock();
    private Optional<Duration> kept;

    @PostConstruct
    void start() {
        kept = new Settings(config).retention("observatory.retention.alerts");
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void keep() {
        // a store that hangs has one thread wait for it, not one for each second
        if (turn.tryLock()) {
            try {
                alerts.keep();
            } catch (StoreUnavailableException away) {
                LOG.log(Level.DEBUG, "alerts are not kept yet", away);
            } finally {
                turn.unlock();
            }
        }
    }

    @Schedule(hour = "*", minute = "17", second = "0", persistent = false)
    void forget() {
        try {
            kept.map(Instant.now()::minus).ifPresent(this::forgetBefore);
        } catch (StoreUnavailableException away) {
            LOG.log(Level.WARNING, "Old alerts stay until the next time: {0}", away.getMessage());
        }
    }

    private void forgetBefore(Instant time) {
        long forgotten = 0;
        int step;
        do {
            step = store.forget(time, FORGOTTEN_AT_ONCE);
            forgotten += step;
        } while (step == FORGOTTEN_AT_ONCE);
        LOG.log(
                forgotten == 0 ? Level.DEBUG : Level.INFO,
                "Removed {0} alerts that were resolved before {1}",
                forgotten,
                time);
    }

    @PreDestroy
    void stop() {
        keep();
    }
}
