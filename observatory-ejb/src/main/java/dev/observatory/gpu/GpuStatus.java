package dev.observatory.gpu;

import dev.observatory.message.GpuStats;
import java.util.List;

/**
 * How the reading of GPUs goes. Immutable.
 *
 * @param reason why there is none, or why it fails; null otherwise
 * @param present those that were found the last time, by index
 * @param missing those that have been found before, but were not the last time, by index
 * @param unreadableLines of the last answer
 */
public record GpuStatus(
        Condition condition, String reason, List<GpuStats> present, List<GpuStats> missing, int unreadableLines) {

    /** What came of the last reading. */
    public enum Condition {
        /** Nothing is asked: that is set so. */
        OFF,
        /** Nothing has been asked yet. */
        PENDING,
        /** There are GPUs. */
        PRESENT,
        /** There is no GPU. */
        ABSENT,
        /** It could not be found out. */
        FAILING
    }

    public GpuStatus {
        present = List.copyOf(present);
        missing = List.copyOf(missing);
    }
}
