package dev.observatory.gpu;

import java.util.List;

/** What came of asking for the GPUs. Immutable. */
sealed interface QueryResult {

    /**
     * There are GPUs.
     *
     * @param gpus one at least, each index once, by index
     * @param unreadableLines how many lines of the answer were of no use
     */
    record Readings(List<GpuReading> gpus, int unreadableLines) implements QueryResult {
        public Readings {
            gpus = List.copyOf(gpus);
        }
    }

    /** There is no GPU, or nobody who could tell of one. */
    record Absent(String reason) implements QueryResult {}

    /** Whether there are GPUs could not be found out. */
    record Failed(String reason) implements QueryResult {}
}
