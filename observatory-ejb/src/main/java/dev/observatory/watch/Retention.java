package dev.observatory.watch;

import dev.observatory.conversation.FilePlace;
import dev.observatory.conversation.QuietConversation;
import dev.observatory.conversation.StoreUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Lets conversations go in which nothing has happened for long, in steps so small that live files need not wait for it.
 * Confined to the reading thread.
 *
 * <p>Nothing of them stays, not even the places of their files: a file that is older than what is kept is passed over
 * when it is found. Should something come to it, it is read as a whole, and the conversation is there again.
 */
final class Retention {

    private static final Logger LOG = System.getLogger(Retention.class.getName());

    /** How many conversations go in a step, in one transaction. */
    static final int STEP = 10;

    /** @param before nothing must have happened since then in what goes; empty if nothing goes */
    private record Run(Instant begun, Optional<Instant> before, Deque<String> candidates) {}

    private final LineSink sink;
    private final Watchlist watchlist;

    /** How long conversations are kept; empty for ever. */
    private final Optional<Duration> kept;

    /** Null while none is under way. */
    private Run run;

    /** How many it has removed. */
    private int removed;

    private WatchStatus.Retention status = WatchStatus.Retention.NONE;

    Retention(LineSink sink, Watchlist watchlist, Optional<Duration> kept) {
        this.sink = sink;
        this.watchlist = watchlist;
        this.kept = kept;
    }

    /** Begins a run, unless one is under way. To be called when it is known which files there are. */
    void begin(Instant now) {
        if (run == null) {
            Optional<Instant> before = kept.map(now::minus);
            run = new Run(
                    now, before, new ArrayDeque<>(before.map(sink::quietSince).orElse(List.of())));
            removed = 0;
        }
    }

    boolean busy() {
        return run != null;
    }

    /** Goes on with the run that is under way. */
    void step() {
        try {
            if (!run.candidates().isEmpty()) {
                forgetSome(run.before().orElseThrow());
            } else if (!sink.purge()) {
                end();
            }
        } catch (StoreUnavailableException away) {
            LOG.log(Level.WARNING, "Old conversations stay until the next time: {0}", away.getMessage());
            end();
        }
    }

    private void forgetSome(Instant before) {
        List<String> going = new ArrayList<>();
        List<WatchedFile> files = new ArrayList<>();
        for (int i = 0; i < STEP && !run.candidates().isEmpty(); i++) {
            sink.quiet(run.candidates().remove(), before)
                    .filter(conversation -> isUnchanged(conversation, before))
                    .ifPresent(conversation -> {
                        going.add(conversation.id());
                        conversation.files().forEach(place -> watched(place).ifPresent(files::add));
                    });
        }
        if (!going.isEmpty()) {
            files.forEach(watchlist::passOver);
            sink.forget(going);
            removed += going.size();
        }
    }

    private boolean isUnchanged(QuietConversation conversation, Instant before) {
        return conversation.files().stream()
                .allMatch(place -> watched(place)
                        .map(file -> file.isSettled() && file.modified().isBefore(before))
                        .orElse(conversation.dated() || place.modified().isBefore(before)));
    }

    private Optional<WatchedFile> watched(FilePlace place) {
        return watchlist.file(Path.of(place.root()).resolve(place.path()));
    }

    private void end() {
        LOG.log(
                removed == 0 ? Level.DEBUG : Level.INFO,
                "Removed {0} conversations in which nothing has happened since {1}",
                removed,
                run.before().map(Instant::toString).orElse("ever"));
        status = new WatchStatus.Retention(run.begun(), removed, status.removedTotal() + removed);
        run = null;
    }

    WatchStatus.Retention status() {
        return status;
    }
}
