package dev.observatory.message;

import java.time.Instant;
import java.util.List;

/**
 * How the whole system is. Figures that are not known are null.
 *
 * @param components every component, by name
 * @param connections open connections over all endpoints
 * @param messagesPerS how many messages got their numbers, in a second of the last minute
 * @param deliveryMs how long messages of the last minute took from their number to the end of a send
 */
public record SystemStatus(
        HealthStatus status,
        Instant checkedAt,
        List<ComponentHealth> components,
        Integer connections,
        Double messagesPerS,
        Percentiles deliveryMs,
        Watch watch,
        Jvm jvm,
        Host host) {

    public SystemStatus {
        components = List.copyOf(components);
    }

    /** Milliseconds that so many in a hundred did not exceed. */
    public record Percentiles(double p50, double p95, double p99) {}

    /**
     * How the watching of transcripts goes.
     *
     * @param lagBytes written and not read yet
     * @param badLines that could not be read, since the start
     */
    public record Watch(int files, long lagBytes, long badLines, Backfill backfill) {}

    /** How much is read of what lay there at the start, bytes. */
    public record Backfill(long doneBytes, long totalBytes) {}

    /**
     * The Java process.
     *
     * @param heapUsed bytes, garbage included
     * @param heapMax bytes
     */
    public record Jvm(long heapUsed, long heapMax, int threads, long uptimeSeconds, String version) {}

    /**
     * The machine.
     *
     * @param cpu how much of all its cores is in use: percent, 0 to 100
     * @param memoryUsed bytes
     * @param memoryTotal bytes
     * @param diskFree bytes that can be written where the data folder is
     * @param diskTotal bytes
     */
    public record Host(Double cpu, Long memoryUsed, Long memoryTotal, Long diskFree, Long diskTotal) {}
}
