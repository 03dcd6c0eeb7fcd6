package dev.observatory.watch;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Compares what is known with what lies in the directories, in steps so small that live files need not wait for it.
 * Confined to the reading thread.
 */
final class Sweeper {

    private static final Logger LOG = System.getLogger(Sweeper.class.getName());

    /** How many directory entries are looked at in a step; that takes well under a millisecond on a local disk. */
    private static final int STEP = 64;

    private final Watchlist watchlist;
    private final Turns turns;
    private final Duration recent;
    private final Clock clock;

    /** Called for a file that no longer lies below its root. */
    private final Consumer<WatchedFile> strayed;

    private final ArrayDeque<Sweep> sweeps = new ArrayDeque<>();
    private final ArrayDeque<WatchedFile> checks = new ArrayDeque<>();

    /** What could not be looked at the last time. */
    private final Set<Path> unreadable = new HashSet<>();

    private long sweepsBegun;

    /** @param recent how long after its last change a file is looked at often */
    Sweeper(Watchlist watchlist, Turns turns, Duration recent, Clock clock, Consumer<WatchedFile> strayed) {
        this.watchlist = watchlist;
        this.turns = turns;
        this.recent = recent;
        this.clock = clock;
        this.strayed = strayed;
    }

    /** Asks for a look at everything below all roots. */
    void all() {
        lookAtRoots();
        watchlist.roots().stream().filter(WatchedRoot::present).forEach(root -> add(root, root.path()));
    }

    /** Asks for a look at everything below a directory, which may have come, gone or changed its name. */
    void below(Path directory) {
        watchlist.below(directory).forEach(turns::live);
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            watchlist.rootOf(directory).ifPresent(root -> add(root, directory));
        }
    }

    /** Asks for a look at the files that changed lately, and at the roots that were missing. */
    void recent() {
        lookAtRoots();
        if (checks.isEmpty()) {
            Instant since = clock.instant().minus(recent);
            watchlist.files().stream().filter(file -> file.changedSince(since)).forEach(checks::add);
        }
    }

    private void lookAtRoots() {
        for (WatchedRoot root : watchlist.roots()) {
            if (root.look(clock.instant())) {
                LOG.log(
                        Level.INFO,
                        root.present()
                                ? "Watching " + root.path()
                                : "Waiting for " + root.path() + ", which does not exist");
                if (root.present()) {
                    add(root, root.path());
                } else {
                    watchlist.below(root.path()).forEach(turns::live);
                }
            }
        }
    }

    /** One that has not begun yet will see whatever this one would. */
    private void add(WatchedRoot root, Path start) {
        boolean waits = sweeps.stream().anyMatch(sweep -> !sweep.begun && sweep.start.equals(start));
        if (!waits) {
            sweeps.add(new Sweep(root, start, ++sweepsBegun));
        }
    }

    boolean busy() {
        return !checks.isEmpty() || !sweeps.isEmpty();
    }

    void step() {
        for (int i = 0; i < STEP && !checks.isEmpty(); i++) {
            check(checks.remove());
        }
        Sweep sweep = sweeps.peek();
        if (sweep != null && !sweep.step()) {
            sweeps.remove();
            sweep.end();
        }
    }

    private void check(WatchedFile file) {
        if (!watchlist.knows(file)) {
            return;
        }
        try {
            if (file.wantsLook(
                    Files.readAttributes(file.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS))) {
                turns.live(file);
            }
        } catch (IOException found) {
            turns.live(file); // its turn finds out what it is
        }
    }

    /** Ends every walk that is under way. */
    void close() {
        sweeps.forEach(sweep -> sweep.walk.close());
        sweeps.clear();
    }

    /** One walk over a root or a part of it. */
    private final class Sweep implements TreeWalk.Visitor {

        private final WatchedRoot root;
        private final Path start;
        private final long number;
        private final TreeWalk walk;
        private final Set<Path> unreadableNow = new HashSet<>();
        private boolean begun;

        Sweep(WatchedRoot root, Path start, long number) {
            this.root = root;
            this.start = start;
            this.number = number;
            walk = new TreeWalk(start, this);
        }

        boolean step() {
            begun = true;
            return walk.step(STEP);
        }

        @Override
        public void directory(Path directory) {
            // only its files matter
        }

        @Override
        public void file(Path file, BasicFileAttributes entry) {
            watchlist.found(root, file, entry).ifPresent(found -> found.sweptBy(number));
        }

        @Override
        public void unreadable(Path path, IOException reason) {
            unreadableNow.add(path);
            if (unreadable.add(path)) {
                LOG.log(Level.WARNING, "Cannot look at " + path + ", will try again: " + reason);
            }
        }

        /** What is known and was not met is gone, or was found after its directory was listed. */
        void end() {
            unreadable.removeIf(path -> path.startsWith(start) && !unreadableNow.contains(path));
            if (start.equals(root.path())) {
                watchlist.swept(root);
            }
            watchlist.below(start).stream()
                    .filter(file -> file.missedBy(number))
                    .forEach(this::missed);
        }

        private void missed(WatchedFile file) {
            try {
                if (!root.holds(file.path())) {
                    strayed.accept(file);
                    return;
                }
            } catch (IOException found) {
                LOG.log(Level.DEBUG, "Not found where it was: {0}", file.path());
            }
            turns.live(file);
        }
    }
}
