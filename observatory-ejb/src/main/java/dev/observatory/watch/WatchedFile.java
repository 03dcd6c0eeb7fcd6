package dev.observatory.watch;

import dev.observatory.transcript.TranscriptLocation;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** What is remembered of one transcript file, above all how far it has been read. Confined to the reading thread. */
final class WatchedFile {

    /**
     * File times are coarse: a file may be rewritten within the tick of its last look and keep its size and time. So
     * what was looked at this soon after its last change is looked at again.
     */
    private static final Duration UNSETTLED = Duration.ofSeconds(2);

    private final WatchedRoot root;
    private final TranscriptLocation location;
    private final Path path;

    /** Device and inode, null where the file system has none. */
    private Object key;

    /** Of what lies before {@code scanned}. */
    private Head head = Head.EMPTY;

    private long size;
    private Instant modified;

    /** When it was last opened; null before the first time. */
    private Instant opened;

    /** When bytes were last seen to come. */
    private Instant grown;

    /** Just behind the last newline consumed, or behind the last line taken at rest. */
    private long offset;

    /** Behind what is known to have no newline; larger than {@code offset} only inside a line longer than the buffer. */
    private long scanned;

    /** Up to where its bytes have been seen; everything between {@code offset} and here is an unfinished line. */
    private long seen;

    /** The size at which its last line was last offered as resting. */
    private long offered = -1;

    /** What lay there when the watch began, in bytes. */
    private final long backlogEnd;

    private boolean backlog;

    /** Whether the sink still has to be told that these lines replace earlier ones. */
    private boolean cameBack;

    /** The size in the last report, -1 while none was made. */
    private long reported;

    /** Whether it has become another file since the last report. */
    private boolean replaced;

    /** Whether the last attempt to read it failed; a sweep lets it try again. */
    private boolean troubled;

    /** The number of the last sweep of everything that saw it. */
    private long sweep;

    /** Where it waits for its turn; {@link Turns} alone touches it. */
    Turns.Lane lane = Turns.Lane.NONE;

    /**
     * @param backlog whether it lay there when the watch began
     * @param cameBack whether the sink was once given lines of a file in this place
     */
    WatchedFile(
            WatchedRoot root,
            TranscriptLocation location,
            Path path,
            BasicFileAttributes found,
            boolean backlog,
            boolean cameBack) {
        this.root = root;
        this.location = location;
        this.path = path;
        this.backlog = backlog;
        this.cameBack = cameBack;
        key = found.fileKey();
        size = found.size();
        modified = found.lastModifiedTime().toInstant();
        grown = modified;
        backlogEnd = backlog ? size : 0;
        reported = backlog ? size : -1;
    }

    WatchedRoot root() {
        return root;
    }

    TranscriptLocation location() {
        return location;
    }

    Path path() {
        return path;
    }

    Instant modified() {
        return modified;
    }

    long size() {
        return size;
    }

    long offset() {
        return offset;
    }

    /** Leaves the backlog unread until the file changes. */
    void passOver() {
        seen = size;
    }

    // looking

    /** Whether its directory entry gives a reason to open it. */
    boolean wantsLook(BasicFileAttributes entry) {
        return troubled || differsFrom(entry) || opened != null && !modified.isBefore(opened.minus(UNSETTLED));
    }

    boolean differsFrom(BasicFileAttributes entry) {
        return size != entry.size()
                || !modified.equals(entry.lastModifiedTime().toInstant())
                || !Objects.equals(key, entry.fileKey());
    }

    boolean changedSince(Instant time) {
        return troubled || !modified.isBefore(time) || !grown.isBefore(time);
    }

    void sweptBy(long number) {
        sweep = number;
    }

    boolean missedBy(long number) {
        return sweep != number;
    }

    // opening

    /** Whether this can no longer be the file that was read so far. */
    boolean isAnother(Object keyNow, long sizeNow, byte[] headNow, int headLength) {
        return cameBack
                || opened != null
                        && (!Objects.equals(key, keyNow) || sizeNow < offset || !head.begins(headNow, headLength));
    }

    void startOver() {
        cameBack = false;
        replaced = true;
        head = Head.EMPTY;
        offset = 0;
        scanned = 0;
        seen = 0;
        offered = -1;
        backlog = false;
    }

    void opened(BasicFileAttributes entry, long sizeNow, Instant now) {
        // of a file that is new to us its own time counts, unless a clock ahead of ours would never let it rest
        if (sizeNow != size || replaced || grown.isAfter(now)) {
            grown = now;
        }
        if (sizeNow < scanned) {
            scanned = offset;
        }
        key = entry.fileKey();
        size = sizeNow;
        modified = entry.lastModifiedTime().toInstant();
        opened = now;
    }

    void remember(Head headNow) {
        head = headNow;
    }

    // reading

    boolean readingBacklog() {
        return backlog;
    }

    /** Where the next turn begins to read. */
    long readFrom() {
        return scanned;
    }

    /** Where the next turn has to end: a turn belongs to the backlog or to the live part, never to both. */
    long readLimit() {
        return backlog ? Math.min(size, backlogEnd) : size;
    }

    boolean insideLongLine() {
        return scanned > offset;
    }

    void consumedTo(long position) {
        offset = position;
        scanned = position;
    }

    void scannedTo(long position) {
        scanned = position;
    }

    void seenTo(long position) {
        seen = position;
        if (seen >= readLimit()) {
            backlog = false;
        }
    }

    boolean hasMore() {
        return seen < size;
    }

    /** Bytes that have not been seen yet. */
    long lag() {
        return Math.max(0, size - seen);
    }

    long backlogBytes() {
        return backlogEnd;
    }

    long backlogLeft() {
        return backlog ? Math.max(0, backlogEnd - seen) : 0;
    }

    // resting

    boolean restsUnfinished(Instant now, Duration atRest) {
        return opened != null
                && !troubled
                && offset < size
                && seen >= size
                && offered != size
                && !grown.plus(atRest).isAfter(now);
    }

    void offered() {
        offered = size;
    }

    // reporting

    long reported() {
        return reported;
    }

    boolean everReported() {
        return reported >= 0;
    }

    /** Whether it has become another file, or a shorter one, since the last report. */
    boolean truncated() {
        return replaced || size < reported;
    }

    void report() {
        reported = size;
        replaced = false;
    }

    boolean troubled() {
        return troubled;
    }

    void trouble(boolean now) {
        troubled = now;
    }
}
