package dev.observatory.gpu;

import dev.observatory.gpu.GpuStatus.Condition;
import dev.observatory.message.GpuStats;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is known of the GPUs. Thread-safe. */
final class Gpus {

    private record Speed(double fps, Instant at) {}

    private final Duration inferenceMaxAge;
    private final Clock clock;

    /** The last sample of each that was found here, by index. Guarded by this object's lock, as is all that follows. */
    private final Map<Integer, GpuStats> latest = new TreeMap<>();

    /** The last sample of each that was made elsewhere, by index. */
    private final Map<Integer, GpuStats> reported = new TreeMap<>();

    /** Which speeds were reported last, by index. */
    private final Map<Integer, Speed> speeds = new TreeMap<>();

    private GpuStatus status;

    Gpus(Condition condition, Duration inferenceMaxAge, Clock clock) {
        this.inferenceMaxAge = inferenceMaxAge;
        this.clock = clock;
        status = new GpuStatus(condition, null, List.of(), List.of(), 0);
    }

    /** The last sample of each GPU that was ever found or reported, by index. */
    synchronized List<GpuStats> latest() {
        Map<Integer, GpuStats> all = new TreeMap<>(latest);
        reported.values().forEach(sample -> all.merge(sample.gpuIndex(), sample, Gpus::later));
        return List.copyOf(all.values());
    }

    private static GpuStats later(GpuStats one, GpuStats other) {
        return other.recordedAt().isBefore(one.recordedAt()) ? one : other;
    }

    /** Takes note of a sample that was made elsewhere. */
    synchronized void take(GpuStats sample) {
        reported.put(sample.gpuIndex(), sample);
    }

    synchronized GpuStatus status() {
        return status;
    }

    /**
     * Takes note of how fast inference runs on a GPU, whether that one is known or not.
     *
     * @param fps pictures in a second
     * @return whether that GPU was found the last time, so that its next sample tells the speed
     * @throws IllegalArgumentException when there can be no such index or no such speed
     */
    synchronized boolean inferenceFps(int gpuIndex, double fps) {
        Instant now = clock.instant();
        // which says what can be
        GpuStats report = new GpuStats(gpuIndex, null, null, null, null, null, fps, now);
        speeds.put(report.gpuIndex(), new Speed(fps, now));
        return status.present().stream().anyMatch(gpu -> gpu.gpuIndex() == gpuIndex);
    }

    /** Takes note of a result, and returns the samples that are new, by index. */
    synchronized List<GpuStats> take(QueryResult result) {
        if (result instanceof QueryResult.Readings readings) {
            return take(readings);
        } else if (result instanceof QueryResult.Absent absent) {
            status = new GpuStatus(Condition.ABSENT, absent.reason(), List.of(), List.copyOf(latest.values()), 0);
        } else if (result instanceof QueryResult.Failed failed) {
            // which of them are there is not known
            status = new GpuStatus(Condition.FAILING, failed.reason(), List.of(), List.of(), 0);
        }
        return List.of();
    }

    private List<GpuStats> take(QueryResult.Readings readings) {
        Instant now = clock.instant();
        speeds.values().removeIf(speed -> speed.at().plus(inferenceMaxAge).isBefore(now));
        List<GpuStats> samples = new ArrayList<>();
        for (GpuReading gpu : readings.gpus()) {
            Speed speed = speeds.get(gpu.index());
            samples.add(gpu.at(now, speed == null ? null : speed.fps()));
        }
        samples.forEach(sample -> latest.put(sample.gpuIndex(), sample));
        List<GpuStats> missing = latest.values().stream()
                .filter(sample -> !samples.contains(sample))
                .toList();
        status = new GpuStatus(Condition.PRESENT, null, samples, missing, readings.unreadableLines());
        return samples;
    }
}
