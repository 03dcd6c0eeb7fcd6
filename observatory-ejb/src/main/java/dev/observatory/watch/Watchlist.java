package dev.observatory.watch;

import dev.observatory.conversation.FilePlace;
import dev.observatory.transcript.TranscriptLocation;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The roots and files that are known, and what a newly found file is taken for. Confined to the reading thread. */
final class Watchlist {

    /** How many deleted files are remembered. */
    private static final int MAX_FORMER = 10_000;

    private final List<WatchedRoot> roots;
    private final WatchConfig config;
    private final Turns turns;
    private final Backlog backlog;
    private final Clock clock;
    private final Map<Path, WatchedFile> files = new HashMap<>();

    /** Deleted files, oldest first: should one come back, the sink has to be told that its lines come again. */
    private final Set<Path> former = new LinkedHashSet<>();

    /** By conversations, files that are left alone until something comes to one of them. */
    private final Map<String, List<WatchedFile>> passedOver = new HashMap<>();

    /** Where an earlier watch left files that have not been found yet. */
    private final Map<Path, FilePlace> places = new HashMap<>();

    Watchlist(WatchConfig config, Turns turns, Backlog backlog, Clock clock) {
        this.roots = config.roots().stream().map(WatchedRoot::new).toList();
        this.config = config;
        this.turns = turns;
        this.backlog = backlog;
        this.clock = clock;
    }

    /** Lets files go on where they were left, once they are found. */
    void resume(List<FilePlace> kept) {
        for (FilePlace place : kept) {
            Path folder = Path.of(place.root());
            Path file = folder.resolve(place.path());
            if (rootOf(file).filter(root -> root.path().equals(folder)).isPresent()) {
                places.put(file, place);
            }
        }
    }

    /** All that lies in a root is known: should a file come back that was not there, it is read from its start. */
    void swept(WatchedRoot root) {
        root.swept();
        places.keySet().removeIf(file -> file.startsWith(root.path()));
    }

    List<WatchedRoot> roots() {
        return roots;
    }

    Optional<WatchedRoot> rootOf(Path path) {
        return roots.stream().filter(root -> path.startsWith(root.path())).findFirst();
    }

    Collection<WatchedFile> files() {
        return files.values();
    }

    Optional<WatchedFile> file(Path path) {
        return Optional.ofNullable(files.get(path));
    }

    List<WatchedFile> below(Path directory) {
        return files.values().stream()
                .filter(file -> file.path().startsWith(directory))
                .toList();
    }

    boolean knows(WatchedFile file) {
        return files.get(file.path()) == file;
    }

    /**
     * Takes note of a directory entry, and lets the file have a turn if there is a reason to.
     *
     * <p>Symbolic links are passed over: where one leads to a place below a root, the file is found under its own name,
     * and every other place is none of ours.
     *
     * @return the file, unless the entry is no transcript
     */
    Optional<WatchedFile> found(WatchedRoot root, Path path, BasicFileAttributes entry) {
        WatchedFile known = files.get(path);
        if (known != null) {
            if (known.wantsLook(entry)) {
                turns.live(known);
            }
            return Optional.of(known);
        }
        return entry.isRegularFile()
                ? TranscriptLocation.of(root.path(), path).map(location -> add(root, location, path, entry))
                : Optional.empty();
    }

    private WatchedFile add(WatchedRoot root, TranscriptLocation location, Path path, BasicFileAttributes entry) {
        boolean old = root.isBacklog(entry.lastModifiedTime().toInstant());
        WatchedFile file = new WatchedFile(root, location, path, entry, old, former.remove(path));
        files.put(path, file);
        FilePlace place = places.remove(path);
        if (place != null && !file.resume(place)) {
            return file;
        }
        if (!old) {
            turns.live(file);
        } else if (place != null || config.backfills(file.modified(), clock.instant())) {
            backlog.add(file);
            turns.backlog(file);
        } else {
            file.passOver();
            addPassedOver(file);
        }
        return file;
    }

    /** Leaves a file alone until something comes to it, as if nothing of it had ever been read. */
    void passOver(WatchedFile file) {
        turns.withdraw(file);
        backlog.close(file);
        file.startUnread();
        addPassedOver(file);
    }

    private void addPassedOver(WatchedFile file) {
        if (file.location().conversationId() != null) {
            passedOver
                    .computeIfAbsent(file.location().conversationId(), any -> new ArrayList<>(1))
                    .add(file);
        }
    }

    /** A file has had its turn: its conversation is to be known as a whole, and so what was passed over follows. */
    void hasRead(WatchedFile file) {
        List<WatchedFile> others = passedOver.remove(file.location().conversationId());
        if (others != null) {
            others.stream().filter(other -> other != file).forEach(turns::backlog);
        }
    }

    void forget(WatchedFile file) {
        files.remove(file.path());
        passedOver.computeIfPresent(file.location().conversationId(), (any, others) -> {
            others.remove(file);
            return others.isEmpty() ? null : others;
        });
        turns.withdraw(file);
        backlog.close(file);
        former.add(file.path());
        if (former.size() > MAX_FORMER) {
            Iterator<Path> oldest = former.iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
