package dev.observatory.watch;

import dev.observatory.conversation.Arrival;
import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.Progress;
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

    /** As it looked when it was last opened, or else found. */
    private FileMark mark;

    /** Of what lies before {@code scanned}. */
    private Head head = Head.EMPTY;

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

    private BacklogPart backlog;

    /** Whether it was read by a watch before this one. */
    private boolean resumed;

    /** Whether the sink was given nothing of it yet, by this watch or by an earlier one. */
    private boolean unread = true;

    /** Whether the sink still has to be told that these lines replace earlier ones. */
    private boolean cameBack;

    private final LastReport report;
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
        this.cameBack = cameBack;
        mark = FileMark.of(found);
        grown = mark.modified();
        this.backlog = new BacklogPart(backlog ? mark.size() : 0, backlog);
        report = new LastReport(backlog ? mark.size() : LastReport.NONE);
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
        return mark.modified();
    }

    long size() {
        return mark.size();
    }

    long offset() {
        return offset;
    }

    /**
     * Goes on where an earlier watch left the file, if it still is that one when it is opened.
     *
     * @return whether it has to be opened
     */
    boolean resume(FilePlace place) {
        resumed = true;
        unread = false;
        boolean done = mark.isThatOf(place) && place.offset() == place.size();
        mark = mark.takenFor(place.fileKey());
        head = new Head(place.headLength(), place.headChecksum());
        consumedTo(place.offset());
        seen = offset;
        backlog.resume(offset);
        report.made(mark.size());
        if (done) {
            backlog.close();
        }
        return !done;
    }

    /** How far it is read, for the next watch to resume. */
    Progress progress() {
        return mark.progress(offset, head);
    }

    /** Leaves the backlog unread until the file changes. */
    void passOver() {
        seen = mark.size();
    }

    /** Forgets what was read of it, and leaves all of it unread until it changes. */
    void startUnread() {
        backlog = new BacklogPart(mark.size(), true);
        resumed = false;
        unread = true;
        opened = null;
        head = Head.EMPTY;
        offered = -1;
        consumedTo(0);
        passOver();
    }

    /** Whether all that came to it has been read, as far as is known. */
    boolean isSettled() {
        return lane == Turns.Lane.NONE && !hasMore();
    }

    /** Whether its directory entry gives a reason to open it. */
    boolean wantsLook(BasicFileAttributes entry) {
        return troubled
                || differsFrom(entry)
                || opened != null && !mark.modified().isBefore(opened.minus(UNSETTLED));
    }

    boolean differsFrom(BasicFileAttributes entry) {
        return !mark.equals(FileMark.of(entry));
    }

    boolean changedSince(Instant time) {
        return troubled || !mark.modified().isBefore(time) || !grown.isBefore(time);
    }

    void sweptBy(long number) {
        sweep = number;
    }

    boolean missedBy(long number) {
        return sweep != number;
    }

    /** Whether this can no longer be the file that was read so far. */
    boolean isAnother(FileMark now, byte[] headNow, int headLength) {
        return cameBack
                || (opened != null || resumed)
                        && (!Objects.equals(mark.key(), now.key())
                                || now.size() < offset
                                || !head.begins(headNow, headLength));
    }

    void startOver() {
        cameBack = false;
        report.replaced();
        head = Head.EMPTY;
        offset = 0;
        scanned = 0;
        seen = 0;
        offered = -1;
        if (!resumed || opened != null) { // or else it became another one while nobody watched
            backlog.close();
        }
    }

    void opened(FileMark markNow, Instant now) {
        // of a file that is new to us its own time counts, unless a clock ahead of ours would never let it rest
        if (markNow.size() != mark.size() || report.isReplaced() || grown.isAfter(now)) {
            grown = now;
        }
        if (markNow.size() < scanned) {
            scanned = offset;
        }
        mark = markNow;
        opened = now;
    }

    void remember(Head headNow) {
        head = headNow;
    }

    boolean unread() {
        return unread;
    }

    /** Something of it is given to the sink. */
    void begun() {
        unread = false;
    }

    boolean readingBacklog() {
        return backlog.open();
    }

    /** How what is read next has come. */
    Arrival arrival() {
        if (!backlog.open()) {
            return Arrival.LIVE;
        }
        return resumed ? Arrival.MISSED : Arrival.BACKLOG;
    }

    /** Where the next turn begins to read. */
    long readFrom() {
        return scanned;
    }

    /** Where the next turn has to end: a turn belongs to the backlog or to the live part, never to both. */
    long readLimit() {
        return backlog.open() ? Math.min(mark.size(), backlog.end()) : mark.size();
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
            backlog.close();
        }
    }

    boolean hasMore() {
        return seen < mark.size();
    }

    /** Bytes that have not been seen yet. */
    long lag() {
        return Math.max(0, mark.size() - seen);
    }

    long backlogBytes() {
        return backlog.bytes();
    }

    long backlogLeft() {
        return backlog.left(seen);
    }

    boolean restsUnfinished(Instant now, Duration atRest) {
        return opened != null
                && !troubled
                && offset < mark.size()
                && seen >= mark.size()
                && offered != mark.size()
                && !grown.plus(atRest).isAfter(now);
    }

    /** Whether it is complete as it is, and yet has given nothing: an empty file, or one of empty lines. */
    boolean restsEmpty(Instant now, Duration atRest) {
        return opened != null
                && !troubled
                && unread
                && offset == mark.size()
                && !grown.plus(atRest).isAfter(now);
    }

    void offered() {
        offered = mark.size();
    }

    LastReport lastReport() {
        return report;
    }

    boolean troubled() {
        return troubled;
    }

    void trouble(boolean now) {
        troubled = now;
    }
}
