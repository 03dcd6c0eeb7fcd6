package dev.observatory.watch;

import java.nio.file.Path;
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
 */
public record WatchStatus(
        List<Root> roots,
        int files,
        Progress backlog,
        long lagBytes,
        long records,
        long badLines,
        int unreadableFiles,
        boolean hints) {

    /** Before anything has been looked at. */
    static final WatchStatus NONE = new WatchStatus(List.of(), 0, new Progress(0, 0, 0, 0), 0, 0, 0, 0, false);

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
}
