package dev.observatory.watch;

import dev.observatory.conversation.HookFigures;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * How the watching goes, at most about a second old. Immutable.
 *
 * @param files transcript files known
 * @param backlog how much is read of what lay there at first
 * @param lagBytes bytes that were written and not yet read, the backlog's included
 * @param records lines taken as records since the start
 * @param badLines lines that could not be read since the start
 * @param unreadableFiles files that could not be read the last time
 * @param hints whether the operating system notifies of changes; without, they are found by sweeps
 * @param storeAvailable whether the store keeps what is read; while it does not, nothing is read
 * @param storeTrouble why it does not, in the store's own words; null while it does
 * @param hooks what came of Claude Code's hooks
 * @param retention what came of removing old conversations
 * @param checkedAt when all of this was so
 */
public record WatchStatus(
        List<Root> roots,
        int files,
        Progress backlog,
        long lagBytes,
        long records,
        long badLines,
        int unreadableFiles,
        boolean hints,
        boolean storeAvailable,
        String storeTrouble,
        HookFigures hooks,
        Retention retention,
        Instant checkedAt) {

    /** Before anything has been looked at. */
    static WatchStatus none(Instant at) {
        return new WatchStatus(
                List.of(),
                0,
                new Progress(0, 0, 0, 0),
                0,
                0,
                0,
                0,
                false,
                false,
                null,
                HookFigures.NONE,
                Retention.NONE,
                at);
    }

    public WatchStatus {
        roots = List.copyOf(roots);
    }

    /**
     * A watched folder.
     *
     * @param present whether it exists
     */
    public record Root(Path path, boolean present) {}

    /** So much done of a total. */
    public record Progress(int filesDone, int filesTotal, long bytesDone, long bytesTotal) {}

    /**
     * What came of removing old conversations.
     *
     * @param lastRun null before the first
     * @param removed how many conversations the last run has removed
     * @param removedTotal how many were removed since the start
     */
    public record Retention(Instant lastRun, int removed, long removedTotal) {

        public static final Retention NONE = new Retention(null, 0, 0);
    }
}
