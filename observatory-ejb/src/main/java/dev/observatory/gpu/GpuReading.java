package dev.observatory.gpu;

import dev.observatory.message.GpuStats;
import java.time.Instant;

/** What was read of one GPU; units and ranges are those of {@link GpuStats}. Immutable. */
record GpuReading(int index, String name, Integer utilization, Long memoryUsed, Long memoryTotal, Integer temperature) {

    /** @param inferenceFps null when nobody has reported it */
    GpuStats at(Instant time, Double inferenceFps) {
        return new GpuStats(index, name, utilization, memoryUsed, memoryTotal, temperature, inferenceFps, time);
    }
}
