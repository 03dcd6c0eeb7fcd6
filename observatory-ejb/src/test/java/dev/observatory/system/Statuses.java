package dev.observatory.system;

import dev.observatory.message.HealthStatus;
import dev.observatory.message.SystemStatus;
import java.time.Instant;
import java.util.List;

/** Statuses for tests, told apart by how many connections there were. */
final class Statuses {

    private Statuses() {}

    static SystemStatus status(int connections) {
        return new SystemStatus(HealthStatus.OK, Instant.EPOCH, List.of(), connections, null, null, null, null, null);
    }
}
