package dev.observatory.watch;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Listens to the operating system and tells the reading thread where to look at once. Its thread does nothing else, and
 * may die: then everything is found by sweeps, only later. Confined to its thread, but for {@link #close} and
 * {@link #listening}.
 */
final class DirectoryHints implements Runnable, AutoCloseable {

    private static final Logger LOG = System.getLogger(DirectoryHints.class.getName());

    /** How often the roots are looked for, in milliseconds. */
    private static final long ROOTS_AGAIN = 1000;

    private final List<Path> roots;
    private final Requests requests;

    /**
     * What each key stands for. Not {@link WatchKey#watchable()}: for a renamed directory the JDK goes on to answer
     * with the old name.
     */
    private final Map<WatchKey, Path> directories = new HashMap<>();

    /** The values of {@code directories}. */
    private final Set<Path> registered = new HashSet<>();

    private boolean complained;

    /** Written by the thread that runs this, closed by any; null before the first run. */
    private volatile WatchService watcher;

    private volatile boolean listening;
    private volatile boolean closed;

    DirectoryHints(List<Path> roots, Requests requests) {
        this.roots = roots;
        this.requests = requests;
    }

    /** Whether notifications come from at least one root. */
    boolean listening() {
        return listening;
    }

    @Override
    public void run() {
        directories.clear();
        registered.clear();
        try (WatchService service = FileSystems.getDefault().newWatchService()) {
            watcher = service;
            while (!closed) {
                registerRoots();
                WatchKey key = service.poll(ROOTS_AGAIN, TimeUnit.MILLISECONDS);
                if (key != null) {
                    handle(key);
                }
            }
        } catch (ClosedWatchServiceException end) {
            // close() was called
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            complain("Files are watched by sweeps only", failure);
        } finally {
            listening = false;
        }
    }

    /** Ends the thread that runs this. */
    @Override
    public void close() {
        closed = true;
        WatchService service = watcher;
        if (service != null) {
            try {
                service.close();
            } catch (IOException failure) {
                LOG.log(Level.DEBUG, "The watch service did not close well", failure);
            }
        }
    }

    /** A root that is moved away tells nothing, and another one may come in its place: each time all are registered. */
    private void registerRoots() {
        for (Path root : roots) {
            if (Files.isDirectory(root)) {
                if (register(root)) {
                    registerBelow(root);
                    requests.order(Requests.Order.SWEEP_ALL);
                }
            } else if (registered.contains(root)) {
                forgetBelow(root);
                requests.lookBelow(root);
            }
        }
        listening = !registered.isEmpty();
    }

    /** Registers a directory before it is listed, so that nothing that comes into it meanwhile is missed. */
    private void registerBelow(Path start) {
        TreeWalk.over(start, new TreeWalk.Visitor() {
            @Override
            public void directory(Path directory) {
                register(directory);
            }

            @Override
            public void file(Path file, BasicFileAttributes entry) {
                // whoever asked for this walk has the reading thread look at all files
            }

            @Override
            public void unreadable(Path path, IOException reason) {
                // reported by the reading thread, which lists everything too
            }
        });
    }

    /** @return whether it was not registered before */
    private boolean register(Path directory) {
        try {
            WatchKey key = directory.register(
                    watcher,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            registered.add(directory);
            return directories.put(key, directory) == null;
        } catch (IOException failure) {
            if (Files.isDirectory(directory)) {
                complain(
                        "The system gives no notifications for " + directory + ", sweeps find what changes there",
                        failure);
            }
            return false;
        }
    }

    private void handle(WatchKey key) {
        Path directory = directories.get(key);
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
                roots.forEach(this::registerBelow);
                requests.order(Requests.Order.SWEEP_ALL);
            } else if (directory != null && event.context() instanceof Path name) {
                changed(directory.resolve(name), event.kind());
            }
        }
        if (!key.reset()) {
            Path gone = directories.remove(key);
            if (gone != null) {
                registered.remove(gone);
                requests.lookBelow(gone);
            }
        }
    }

    private void changed(Path path, WatchEvent.Kind<?> kind) {
        if (kind == StandardWatchEventKinds.ENTRY_CREATE && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            registerBelow(path);
            requests.lookBelow(path);
        } else if (kind == StandardWatchEventKinds.ENTRY_DELETE && registered.contains(path)) {
            forgetBelow(path);
            requests.lookBelow(path);
        } else if (path.toString().endsWith(".jsonl")) {
            requests.look(path);
        }
    }

    /** A directory that was moved away still notifies, under a name that is no longer its own. */
    private void forgetBelow(Path gone) {
        registered.removeIf(directory -> directory.startsWith(gone));
        directories.entrySet().removeIf(entry -> {
            boolean below = entry.getValue().startsWith(gone);
            if (below) {
                entry.getKey().cancel();
            }
            return below;
        });
    }

    /** Once is enough: the reason mostly is a limit of the system, and then it comes for every directory. */
    private void complain(String message, IOException failure) {
        LOG.log(complained ? Level.DEBUG : Level.WARNING, message, failure);
        complained = true;
    }
}
