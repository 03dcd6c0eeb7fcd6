package dev.observatory.watch;

import dev.observatory.conversation.FileOwner;
import dev.observatory.message.Draft;
import dev.observatory.message.FileUpdate;
import dev.observatory.message.FileUpdate.FileEvent;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells of changes of files, at most once for each turn. Confined to the reading thread.
 *
 * <p>A report comes after the turn's lines have been handed over and flushed: only they show whom the file belongs to,
 * and whoever is told of a file can already fetch its conversation. What lay there when the watch began is reported
 * only from its first change on.
 */
final class FileReports {

    private final Consumer<Draft> drafts;
    private final LineSink sink;
    private final Clock clock;

    FileReports(Consumer<Draft> drafts, LineSink sink, Clock clock) {
        this.drafts = drafts;
        this.sink = sink;
        this.clock = clock;
    }

    /** Reports what has become of a file since the last report, if anything. */
    void turned(WatchedFile file) {
        long size = file.size();
        long before = file.reported();
        boolean created = !file.everReported();
        boolean truncated = file.truncated();
        file.report();
        if (created) {
            tell(file, FileEvent.CREATED, size, size);
        } else if (truncated) {
            tell(file, FileEvent.TRUNCATED, size, 0);
        } else if (size > before) {
            tell(file, FileEvent.MODIFIED, size, size - before);
        }
    }

    /** Reports that a file is gone, unless nobody has heard of it. */
    void gone(WatchedFile file) {
        if (file.everReported()) {
            tell(file, FileEvent.DELETED, 0, 0);
        }
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
