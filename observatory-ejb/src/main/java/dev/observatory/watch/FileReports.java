package dev.observatory.watch;

import dev.observatory.conversation.FileOwner;
import dev.observatory.message.Draft;
import dev.observatory.message.FileUpdate;
import dev.observatory.message.FileUpdate.FileEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells of changes of files, at most once for each turn, and not more often than is set. What may not be told yet is owed:
 * when its time comes it is told as it is then, so that of many changes of one file the last state comes and the bytes of
 * all of them. Confined to the reading thread.
 *
 * <p>A report comes after the turn's lines have been handed over and flushed: only they show whom the file belongs to,
 * and whoever is told of a file can already fetch its conversation. What lay there when the watch began is reported
 * only from its first change on.
 */
final class FileReports {

    private final Consumer<Draft> drafts;
    private final LineSink sink;
    private final Clock clock;
    private final int perSecond;

    /** Files with something to tell, the longest waiting first, and whether they are gone. */
    private final Map<WatchedFile, Boolean> owed = new LinkedHashMap<>();

    /** How many reports may be made now; after a quiet second a second's worth. */
    private double allowance;

    private Instant counted;

    /** @param perSecond how many reports are made in a second */
    FileReports(Consumer<Draft> drafts, LineSink sink, Clock clock, int perSecond) {
        this.drafts = drafts;
        this.sink = sink;
        this.clock = clock;
        this.perSecond = perSecond;
        allowance = perSecond;
        counted = clock.instant();
    }

    /** A file has had a turn. What has become of it since the last report is told, if anything. */
    void turned(WatchedFile file) {
        owed.putIfAbsent(file, false);
        tellOwed();
    }

    /** A file is gone, which is told unless nobody has heard of it. */
    void gone(WatchedFile file) {
        owed.put(file, true);
        tellOwed();
    }

    boolean owes() {
        return !owed.isEmpty();
    }

    /** Tells as much of what is owed as may be told now. */
    void tellOwed() {
        Instant now = clock.instant();
        double seconds = Math.max(0, Duration.between(counted, now).toNanos() / 1e9);
        allowance = Math.min(perSecond, allowance + seconds * perSecond);
        counted = now;
        for (Iterator<Map.Entry<WatchedFile, Boolean>> next = owed.entrySet().iterator();
                next.hasNext() && allowance >= 1; ) {
            Map.Entry<WatchedFile, Boolean> file = next.next();
            next.remove();
            if (file.getValue() ? reportEnd(file.getKey()) : report(file.getKey())) {
                allowance--;
            }
        }
    }

    /** @return whether there was anything to report */
    private boolean report(WatchedFile file) {
        long size = file.size();
        LastReport last = file.lastReport();
        long before = last.size();
        boolean created = !last.exists();
        boolean truncated = last.isOfMoreThan(size);
        last.made(size);
        if (created) {
            tell(file, FileEvent.CREATED, size, size);
        } else if (truncated) {
            tell(file, FileEvent.TRUNCATED, size, 0);
        } else if (size > before) {
            tell(file, FileEvent.MODIFIED, size, size - before);
        }
        return created || truncated || size > before;
    }

    private boolean reportEnd(WatchedFile file) {
        boolean known = file.lastReport().exists();
        if (known) {
            tell(file, FileEvent.DELETED, 0, 0);
        }
        return known;
    }

    private void tell(WatchedFile file, FileEvent event, long size, long appended) {
        Optional<FileOwner> owner = sink.ownerOf(file.location());
        drafts.accept(Draft.of(new FileUpdate(
                file.location().path(),
                file.root().path().toString(),
                event,
                size,
                appended,
                owner.map(FileOwner::conversationId).orElse(null),
                owner.map(FileOwner::projectId).orElse(null),
                clock.instant())));
    }
}
