package dev.observatory.search;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.NIOFSDirectory;

/**
 * The folder where an index lies. It holds nothing else.
 *
 * @param path empty for an index in memory, of which nothing stays
 */
record IndexFolder(Optional<Path> path) {

    /**
     * Makes the folder if need be: for its owner alone, as transcripts are nobody else's business.
     *
     * <p>Files are read by calls and not mapped into memory: how Lucene maps them differs with every Java version, and on
     * some it complains.
     */
    Directory open() throws IOException {
        if (path.isEmpty()) {
            return new ByteBuffersDirectory();
        }
        boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] onlyOwner = isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        return new NIOFSDirectory(Files.createDirectories(path.get(), onlyOwner));
    }

    /** @throws org.apache.lucene.store.LockObtainFailedException when another process uses the index */
    void clear() throws IOException {
        try (Directory directory = open();
                Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            lock.ensureValid();
            for (String file : directory.listAll()) {
                if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
                    directory.deleteFile(file);
                }
            }
        }
    }

    @Override
    public String toString() {
        return path.map(Path::toString).orElse("memory");
    }

    /** Whether a failure means that the index is of no use any more, and not that the disk is full or the like. */
    static boolean isDamage(Exception failure) {
        return failure instanceof CorruptIndexException
                || failure instanceof IndexFormatTooOldException
                || failure instanceof IndexFormatTooNewException
                || failure instanceof EOFException
                || failure instanceof FileNotFoundException
                || failure instanceof NoSuchFileException;
    }
}
