package dev.observatory.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;

/** Whether the application has started, and whether it is about to stop. Thread-safe. */
@ApplicationScoped
public class Lifecycle {

    private volatile boolean started;
    private volatile boolean stopping;

    void started(@Observes @Initialized(ApplicationScoped.class) Object application) {
        started = true;
    }

    void stopping(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
        stopping = true;
    }

    boolean hasStarted() {
        return started;
    }

    /** Whether clients are accepted. */
    boolean isReady() {
        return started && !stopping;
    }
}
