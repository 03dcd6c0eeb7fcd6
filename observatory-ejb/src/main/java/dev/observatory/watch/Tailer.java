package dev.observatory.watch;

import dev.observatory.conversation.Arrival;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/**
 * Reads files on from where it left them, a bounded number of bytes a turn, and hands over the lines. Confined to the
 * reading thread.
 *
 * <p>No file is kept open and no byte is kept from one turn to the next, so that memory does not grow with the number of
 * files nor with their sizes: an unfinished line is read again when it has grown. A line that does not fit into the
 * buffer is first scanned for its end, and then read as a whole or, above the limit, not at all.
 */
final class Tailer {

    private static final byte NEWLINE = '\n';

    private final LineSink sink;
    private final int maxLineBytes;
    private final Duration atRest;
    private final Clock clock;
    private final byte[] buffer;
    private final byte[] head = new byte[Head.MAX_LENGTH];

    /** Whether the sink knows of the current turn. */
    private boolean begun;

    /** Whether the current turn gave the sink anything. */
    private boolean gave;

    /**
     * @param turnBytes how much of a file is read in a turn, but for a single line that is longer
     * @param maxLineBytes longer lines are skipped
     * @param atRest a file that has not grown for so long rests
     */
    Tailer(LineSink sink, int turnBytes, int maxLineBytes, Duration atRest, Clock clock) {
        this.sink = sink;
        this.maxLineBytes = maxLineBytes;
        this.atRest = atRest;
        this.clock = clock;
        buffer = new byte[turnBytes];
    }

    /**
     * One turn of one file.
     *
     * @return whether the file wants another one soon
     * @throws NoSuchFileException when the file is gone
     * @throws IOException when it cannot be read
     * @throws dev.observatory.conversation.StoreUnavailableException when the sink can take nothing now; the file is as
     *     unread as it was
     */
    boolean turn(WatchedFile file) throws IOException {
        BasicFileAttributes entry = regularFile(file.path());
        try (FileChannel channel = open(file.path())) {
            if (!Objects.equals(entry.fileKey(), regularFile(file.path()).fileKey())) {
                return true; // replaced while it was opened: no saying which of the two this channel reads
            }
            int headLength = fill(channel, 0, head);
            begun = false;
            gave = false;
            boolean another = identify(file, entry, channel.size(), headLength);
            Arrival arrival = file.arrival();
            try {
                if (another) {
                    gave = true;
                    sink.restart(file.location());
                }
                read(file, channel);
                if (file.restsUnfinished(clock.instant(), atRest)) {
                    rest(file, channel);
                }
                if (file.restsEmpty(clock.instant(), atRest)) {
                    begin(file);
                    gave = true;
                }
            } finally {
                // only what will not be read again identifies a file: an unfinished line may still be taken back
                file.remember(Head.of(head, (int) Math.min(file.readFrom(), headLength)));
                // what was handed over before a failure will not come again
                if (gave) {
                    sink.flush(file.location(), arrival, file.progress());
                }
            }
        }
        return file.hasMore();
    }

    /** To be called before the file counts as read up to what is to be given: then nothing is lost if it is refused. */
    private void begin(WatchedFile file) {
        if (!begun) {
            sink.begin(file.location(), file.unread());
            file.begun();
            begun = true;
        }
    }

    /**
     * A symbolic link in the file's place counts as its end: where the link leads is found out as for any new link.
     * Nothing but a regular file is ever opened, because opening a pipe would wait for its writer.
     */
    private static BasicFileAttributes regularFile(Path path) throws IOException {
        BasicFileAttributes entry = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (entry.isSymbolicLink()) {
            throw new NoSuchFileException(path.toString(), null, "became a symbolic link");
        }
        if (!entry.isRegularFile()) {
            throw new FileSystemException(path.toString(), null, "not a regular file");
        }
        return entry;
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Takes note of what the file is like now.
     *
     * @param entry asked for before the size, so that a change in between makes the file look changed, never unchanged
     * @return whether it is another one than before
     */
    private boolean identify(WatchedFile file, BasicFileAttributes entry, long size, int headLength) {
        FileMark mark = FileMark.of(entry, size);
        boolean another = file.isAnother(mark, head, headLength);
        if (another) {
            begin(file);
            file.startOver();
        }
        file.opened(mark, clock.instant());
        return another;
    }

    private void read(WatchedFile file, FileChannel channel) throws IOException {
        long from = file.readFrom();
        int wanted = (int) Math.max(0, Math.min(buffer.length, file.readLimit() - from));
        int filled = fill(channel, from, buffer, wanted);
        int start = 0;
        if (file.insideLongLine()) {
            int end = newline(0, filled);
            if (end < 0) {
                file.scannedTo(from + filled);
                file.seenTo(from + filled);
                return;
            }
            start = end + 1;
            longLine(file, channel, from + end);
        }
        start = lines(file, from, start, filled);
        if (start == 0 && filled == buffer.length) {
            file.scannedTo(from + filled);
        }
        // of a full buffer the rest behind the last newline comes again, of any other it is the file's end
        file.seenTo(filled == buffer.length ? file.readFrom() : from + filled);
    }

    /**
     * Hands over the complete lines in the buffer.
     *
     * @param from the buffer's position in the file
     * @return where in the buffer the unfinished last line begins
     */
    private int lines(WatchedFile file, long from, int first, int filled) {
        int start = first;
        for (int end = newline(start, filled); end >= 0; end = newline(start, filled)) {
            int length = end - start;
            if (length > 0) {
                begin(file);
            }
            // passed before it is handed over: a line at which the reader fails must not come again for ever
            file.consumedTo(from + end + 1);
            if (length > maxLineBytes) {
                gave = true;
                sink.oversizedLine(file.location(), length);
            } else if (length > 0) {
                gave = true;
                sink.line(file.location(), buffer, start, length);
            }
            start = end + 1;
        }
        return start;
    }

    private void longLine(WatchedFile file, FileChannel channel, long end) throws IOException {
        long start = file.offset();
        long length = end - start;
        begin(file);
        if (length > maxLineBytes) {
            file.consumedTo(end + 1);
            gave = true;
            sink.oversizedLine(file.location(), length);
            return;
        }
        byte[] line = new byte[(int) length];
        int filled = fill(channel, start, line);
        file.consumedTo(end + 1);
        if (filled == line.length) {
            gave = true;
            sink.line(file.location(), line, 0, line.length);
        }
    }

    /** Offers the unfinished last line of a file at rest. */
    private void rest(WatchedFile file, FileChannel channel) throws IOException {
        long length = file.size() - file.offset();
        if (length > maxLineBytes) {
            file.offered();
            return;
        }
        begin(file);
        file.offered();
        byte[] line = new byte[(int) length];
        if (fill(channel, file.offset(), line) == line.length
                && sink.restingLine(file.location(), line, 0, line.length)) {
            file.consumedTo(file.size());
            gave = true;
        }
    }

    private int newline(int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] == NEWLINE) {
                return i;
            }
        }
        return -1;
    }

    private int fill(FileChannel channel, long position, byte[] target) throws IOException {
        return fill(channel, position, target, target.length);
    }

    /**
     * Reads until so many bytes are there or the file ends, in pieces of the buffer's size at most: the channel keeps a
     * native copy of the largest piece ever asked for.
     *
     * @return how many bytes there are
     */
    private int fill(FileChannel channel, long position, byte[] target, int length) throws IOException {
        int filled = 0;
        while (filled < length) {
            int piece = Math.min(length - filled, Math.max(buffer.length, Head.MAX_LENGTH));
            int read = channel.read(ByteBuffer.wrap(target, filled, piece), position + filled);
            if (read < 0) {
                break;
            }
            filled += read;
        }
        return filled;
    }
}
