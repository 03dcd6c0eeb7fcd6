package dev.observatory.watch;

import java.util.HashSet;
import java.util.Set;

/** What lay in the roots at first, and how much of it has been read. Confined to the reading thread. */
final class Backlog {

    private final Set<WatchedFile> open = new HashSet<>();
    private int files;
    private long bytes;

    void add(WatchedFile file) {
        if (open.add(file)) {
            files++;
            bytes += file.backlogBytes();
        }
    }

    /** Takes a file out that has been read, or that is no longer what it was. */
    void close(WatchedFile file) {
        open.remove(file);
    }

    /** Whether nothing is left of it, but for what cannot be read. */
    boolean done() {
        return open.stream().allMatch(WatchedFile::troubled);
    }

    WatchStatus.Progress progress() {
        long left = open.stream().mapToLong(WatchedFile::backlogLeft).sum();
        return new WatchStatus.Progress(files - open.size(), files, bytes - left, bytes);
    }
}
