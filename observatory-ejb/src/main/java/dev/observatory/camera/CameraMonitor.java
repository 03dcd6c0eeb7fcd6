package dev.observatory.camera;

import dev.observatory.conversation.StoreUnavailableException;
import dev.observatory.message.Draft;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToIntBiFunction;
import org.eclipse.microprofile.config.Config;

/** Notices that cameras have fallen silent, and lets old events and detections go. The container calls it. */
@Singleton
@Startup
@DependsOn("JournalLifecycle")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class CameraMonitor {

    private static final Logger LOG = System.getLogger(CameraMonitor.class.getName());

    /** So few at once that what is reported meanwhile need not wait. */
    private static final int FORGOTTEN_AT_ONCE = 1000;

    @Inject
    private Cameras cameras;

    @Inject
    private EventIntake intake;

    @Inject
    private CameraStore store;

    @Inject
    private Event<Draft> drafts;

    @Inject
    private Config config;

    private final ReentrantLock turn = new ReentrantLock();
    private CameraConfig set;

    @PostConstruct
    void start() {
        set = CameraConfig.of(config);
    }

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    void supervise() {
        // a store that hangs has one thread wait for it, not one for each second
        if (turn.tryLock()) {
            try {
                cameras.expire(drafts::fire);
            } catch (StoreUnavailableException away) {
                LOG.log(Level.DEBUG, "silent cameras are told later", away);
            } finally {
                turn.unlock();
            }
        }
    }

    @Schedule(hour = "*", minute = "23", second = "0", persistent = false)
    void forget() {
        Instant now = Instant.now();
        try {
            forget("events", set.keptEvents(), now, store::forgetEvents, intake::forgotEvents);
            forget("detections", set.keptDetections(), now, store::forgetDetections, intake::forgotDetections);
        } catch (StoreUnavailableException away) {
            LOG.log(Level.WARNING, "Old events and detections stay until the next time: {0}", away.getMessage());
        }
    }

    private static void forget(
            String what,
            Optional<Duration> kept,
            Instant now,
            ToIntBiFunction<Instant, Integer> step,
            Consumer<Instant> forgot) {
        kept.map(now::minus).ifPresent(before -> {
            long all = 0;
            int some;
            do {
                some = step.applyAsInt(before, FORGOTTEN_AT_ONCE);
                all += some;
            } while (some == FORGOTTEN_AT_ONCE);
            forgot.accept(before);
            LOG.log(all == 0 ? Level.DEBUG : Level.INFO, "Removed {0} {1} from before {2}", all, what, before);
        });
    }
}
