package dev.observatory.system;

import dev.observatory.message.SystemStatus;
import dev.observatory.message.SystemStatus.Backfill;
import dev.observatory.message.SystemStatus.Host;
import dev.observatory.message.SystemStatus.Jvm;
import dev.observatory.message.SystemStatus.Watch;
import dev.observatory.watch.WatchStatus;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Puts together how the system is, from what was found of its parts last. As thread-safe as those that it asks, none of
 * which may wait for anything.
 *
 * @param host gives null while nothing is known of it
 */
record StatusAssembly(
        Supplier<SystemHealth> health,
        Supplier<Optional<DeliveryReport.Figures>> delivery,
        Supplier<WatchStatus> watch,
        Supplier<Jvm> jvm,
        Supplier<Host> host,
        Clock clock) {

    /** How it is now. */
    SystemStatus assemble() {
        SystemHealth found = health.get();
        Optional<DeliveryReport.Figures> delivered = delivery.get();
        return new SystemStatus(
                found.status(),
                clock.instant(),
                found.components(),
                delivered.map(DeliveryReport.Figures::connections).orElse(null),
                delivered.map(DeliveryReport.Figures::messagesPerS).orElse(null),
                delivered.map(DeliveryReport.Figures::deliveryMs).orElse(null),
                watch(watch.get()),
                jvm.get(),
                host.get());
    }

    private static Watch watch(WatchStatus status) {
        WatchStatus.Progress backlog = status.backlog();
        return new Watch(
                status.files(),
                status.lagBytes(),
                status.badLines(),
                new Backfill(backlog.bytesDone(), backlog.bytesTotal()));
    }
}
