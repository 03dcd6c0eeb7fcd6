package dev.observatory.snapshot;

import dev.observatory.auth.token.Identity;
import dev.observatory.gpu.GpuMonitor;
import dev.observatory.hub.SnapshotSource;
import dev.observatory.message.Channel;
import dev.observatory.system.SystemMonitor;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** How the system is, and the last sample of each GPU that was ever found. */
@ApplicationScoped
public class SystemSnapshots implements SnapshotSource {

    @EJB
    SystemMonitor monitor;

    @EJB
    GpuMonitor gpus;

    @Override
    public Optional<State> state(Channel channel, Identity reader) {
        return switch (channel.kind()) {
            case SYSTEM_STATUS -> Optional.of(new State(List.of(monitor.latest()), 0));
            case GPU -> Optional.of(new State(gpus.latest(), 0));
            default -> Optional.empty();
        };
    }
}
