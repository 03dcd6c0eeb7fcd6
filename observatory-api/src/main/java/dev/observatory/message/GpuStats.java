package dev.observatory.message;

import java.time.Instant;

/**
 * What one GPU was doing at one moment. Whatever is not known is null: a driver need not tell everything of every card.
 *
 * @param gpuIndex its number on the machine, from 0 to {@value #MAX_INDEX}
 * @param gpuName what its maker calls it
 * @param gpuUtilization for how much of the last moments it computed: percent, 0 to 100
 * @param memoryUsed bytes, at most {@code memoryTotal} where both are known
 * @param memoryTotal bytes
 * @param temperature of the chip: °C, {@value #MIN_TEMPERATURE} to {@value #MAX_TEMPERATURE}
 * @param inferenceFps how many pictures in a second are analysed on it, as the pipeline that does so reports
 */
public record GpuStats(
        int gpuIndex,
        String gpuName,
        Integer gpuUtilization,
        Long memoryUsed,
        Long memoryTotal,
        Integer temperature,
        Double inferenceFps,
        Instant recordedAt) {

    /** More than any machine has; so what is remembered of each is bounded. */
    public static final int MAX_INDEX = 255;

    public static final int MAX_UTILIZATION = 100;
    public static final int MIN_TEMPERATURE = -50;
    public static final int MAX_TEMPERATURE = 150;

    /** @throws InvalidValueException when a value is missing or out of its range */
    public GpuStats {
        Require.present("recordedAt", recordedAt);
        Require.within("gpuIndex", gpuIndex, 0, MAX_INDEX);
        Require.within("gpuUtilization", gpuUtilization, 0, MAX_UTILIZATION);
        Require.within("memoryTotal", memoryTotal, 0, Long.MAX_VALUE);
        Require.within("memoryUsed", memoryUsed, 0, memoryTotal == null ? Long.MAX_VALUE : memoryTotal);
        Require.within("temperature", temperature, MIN_TEMPERATURE, MAX_TEMPERATURE);
        Require.within("inferenceFps", inferenceFps, 0, Double.MAX_VALUE);
    }
}
