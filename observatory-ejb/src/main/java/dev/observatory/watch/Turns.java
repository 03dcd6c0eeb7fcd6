package dev.observatory.watch;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Whose turn it is: live files one after the other, then the backlog, newest first. A file waits in one place at most.
 * Confined to the reading thread.
 */
final class Turns {

    /** Where a file waits. */
    enum Lane {
        NONE,
        LIVE,
        BACKLOG
    }

    private final ArrayDeque<WatchedFile> live = new ArrayDeque<>();
    private final PriorityQueue<WatchedFile> backlog =
            new PriorityQueue<>(Comparator.comparing(WatchedFile::modified).reversed());

    /** Lets a file have a turn soon; one that waited with the backlog leaves it, for it is in use. */
    void live(WatchedFile file) {
        if (file.lane == Lane.LIVE) {
            return;
        }
        withdraw(file);
        file.lane = Lane.LIVE;
        live.add(file);
    }

    /** Lets a file have a turn when no live file wants one, unless its backlog is read already. */
    void backlog(WatchedFile file) {
        if (!file.readingBacklog()) {
            live(file);
        } else if (file.lane == Lane.NONE) {
            file.lane = Lane.BACKLOG;
            backlog.add(file);
        }
    }

    void withdraw(WatchedFile file) {
        switch (file.lane) {
            case LIVE -> live.remove(file);
            case BACKLOG -> backlog.remove(file);
            case NONE -> {}
        }
        file.lane = Lane.NONE;
    }

    boolean liveWaits() {
        return !live.isEmpty();
    }

    boolean backlogWaits() {
        return !backlog.isEmpty();
    }

    WatchedFile nextLive() {
        return taken(live.remove());
    }

    WatchedFile nextBacklog() {
        return taken(backlog.remove());
    }

    private static WatchedFile taken(WatchedFile file) {
        file.lane = Lane.NONE;
        return file;
    }
}
