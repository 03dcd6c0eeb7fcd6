package dev.observatory.watch;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * A walk over a directory tree that can be done in steps. It does not follow symbolic links, except when its start is
 * one, and passes over what vanishes under it. Confined to one thread.
 */
final class TreeWalk implements AutoCloseable {

    /** What a walk meets. */
    interface Visitor {

        /** A directory, before anything in it. */
        void directory(Path directory);

        /** Anything that is not a directory. */
        void file(Path file, BasicFileAttributes entry);

        /** Something that is there and cannot be looked at, mostly a directory that cannot be listed. */
        void unreadable(Path path, IOException reason);
    }

    private final Visitor visitor;
    private final ArrayDeque<Path> ahead = new ArrayDeque<>();

    /** The directory being listed; null between two directories. */
    private DirectoryStream<Path> listing;

    private Path listed;
    private Iterator<Path> entries;

    TreeWalk(Path start, Visitor visitor) {
        this.visitor = visitor;
        ahead.add(start);
    }

    /** Walks to the end. */
    static void over(Path start, Visitor visitor) {
        try (TreeWalk walk = new TreeWalk(start, visitor)) {
            while (walk.step(Integer.MAX_VALUE)) {
                // on
            }
        }
    }

    /**
     * Goes on for so many entries, or to the end of the current directory.
     *
     * @return whether there is more
     */
    boolean step(int limit) {
        try {
            if (entries == null && !enter()) {
                return false;
            }
            for (int i = 0; i < limit && entries.hasNext(); i++) {
                visit(entries.next());
            }
            if (!entries.hasNext()) {
                close();
            }
        } catch (DirectoryIteratorException failure) {
            leave(failure.getCause());
        } catch (IOException failure) {
            leave(failure);
        }
        return entries != null || !ahead.isEmpty();
    }

    private boolean enter() throws IOException {
        if (ahead.isEmpty()) {
            return false;
        }
        listed = ahead.remove();
        visitor.directory(listed);
        listing = Files.newDirectoryStream(listed);
        entries = listing.iterator();
        return true;
    }

    private void visit(Path path) {
        try {
            BasicFileAttributes entry =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (entry.isDirectory()) {
                ahead.add(path);
            } else {
                visitor.file(path, entry);
            }
        } catch (NoSuchFileException vanished) {
            // between being listed and being asked for
        } catch (IOException failure) {
            visitor.unreadable(path, failure);
        }
    }

    private void leave(IOException failure) {
        close();
        if (!(failure instanceof NoSuchFileException) && !(failure instanceof NotDirectoryException)) {
            visitor.unreadable(listed, failure);
        }
    }

    @Override
    public void close() {
        entries = null;
        if (listing != null) {
            try {
                listing.close();
            } catch (IOException ignored) {
                // nothing was written
            }
            listing = null;
        }
    }
}
