package dev.observatory.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A folder that is watched, whether it exists yet or not. Confined to the reading thread. */
final class WatchedRoot {

    /** How much older than its root's coming a new file may look: the clocks of file systems are coarse, or not ours. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private enum Presence {
        UNKNOWN,
        PRESENT,
        ABSENT
    }

    private final Path path;
    private Presence presence = Presence.UNKNOWN;

    /** Whether everything in it has been seen once since it is present. */
    private boolean swept;

    /** When it was last seen not to exist; null for one that was always there. */
    private Instant lastAbsent;

    WatchedRoot(Path path) {
        this.path = path;
    }

    /**
     * Looks whether it exists.
     *
     * @return whether that is news
     */
    boolean look(Instant now) {
        Presence before = presence;
        if (Files.isDirectory(path)) {
            presence = Presence.PRESENT;
        } else {
            presence = Presence.ABSENT;
            lastAbsent = now;
            swept = false;
        }
        return presence != before;
    }

    Path path() {
        return path;
    }

    boolean present() {
        return presence == Presence.PRESENT;
    }

    void swept() {
        swept = true;
    }

    /** Whether it is still unknown what lies in it. */
    boolean awaitsSweep() {
        return presence == Presence.UNKNOWN || present() && !swept;
    }

    /**
     * Whether a file just found belongs to what lay there at first. In a root that came late the file's own time tells:
     * a session that began in a new root is news, an archive that was mounted is not.
     */
    boolean isBacklog(Instant modified) {
        return !swept && (lastAbsent == null || modified.isBefore(lastAbsent.minus(TOLERANCE)));
    }

    /** Whether a path below it really lies there, and not somewhere else by a symbolic link on its way. */
    boolean holds(Path file) throws IOException {
        return file.toRealPath().equals(path.toRealPath().resolve(path.relativize(file)));
    }
}
