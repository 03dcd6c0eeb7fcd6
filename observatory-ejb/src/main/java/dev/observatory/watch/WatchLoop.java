package dev.observatory.watch;

import dev.observatory.message.Draft;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The reading thread. Each round takes what others asked for, gives one live file a turn, and does a step of a sweep or,
 * when nothing else waits, of the backlog; so a line just written waits for one such step at most.
 *
 * <p>Everything in it is confined to the one thread that runs it, but for {@link #status}.
 */
final class WatchLoop implements Runnable {

    private static final Logger LOG = System.getLogger(WatchLoop.class.getName());

    /** The supervisor asks for something each second, so an idle loop may sleep for long. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final WatchConfig config;
    private final Requests requests;
    private final LineSink sink;
    private final Clock clock;
    private final BooleanSupplier hints;
    private final Turns turns = new Turns();
    private final Backlog backlog = new Backlog();
    private final Watchlist watchlist;
    private final Sweeper sweeper;
    private final Tailer tailer;
    private final FileReports reports;
    private final Instant begun;

    /** Whose turn it is; still set after the turn when that failed. */
    private WatchedFile current;

    private boolean backlogTold;
    private boolean stopped;

    /** Replaced by the thread that runs this, read by any. */
    private volatile WatchStatus status = WatchStatus.NONE;

    WatchLoop(
            WatchConfig config,
            Requests requests,
            LineSink sink,
            Consumer<Draft> drafts,
            BooleanSupplier hints,
            Clock clock) {
        this.config = config;
        this.requests = requests;
        this.sink = sink;
        this.clock = clock;
        this.hints = hints;
        watchlist = new Watchlist(config, turns, backlog, clock);
        sweeper = new Sweeper(watchlist, turns, config.recent(), clock, this::gone);
        tailer = new Tailer(sink, config.turnBytes(), config.maxLineBytes(), config.atRest(), clock);
        reports = new FileReports(drafts, sink, clock);
        begun = clock.instant();
    }

    /** How the watching went at the last tick. */
    WatchStatus status() {
        return status;
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                resume();
                round();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception failure) {
                LOG.log(Level.ERROR, "Failed while reading " + (current == null ? "nothing" : current.path()), failure);
            }
        }
        sweeper.close();
    }

    /**
     * Lets the file whose turn failed go on behind the line at which it failed. Also after a whole thread has failed:
     * then the supervisor runs this in another.
     */
    private void resume() {
        if (current != null && watchlist.knows(current)) {
            turns.live(current);
        }
        current = null;
    }

    private void round() throws InterruptedException {
        boolean idle = !turns.liveWaits() && !turns.backlogWaits() && !sweeper.busy();
        obey(requests.take(idle ? IDLE : Duration.ZERO));
        if (turns.liveWaits()) {
            turn(turns.nextLive(), turns::live);
        }
        if (sweeper.busy()) {
            sweeper.step();
        } else if (turns.backlogWaits() && !turns.liveWaits()) {
            turn(turns.nextBacklog(), turns::backlog);
        }
        tellOfBacklog();
    }

    private void obey(Requests.Batch batch) {
        batch.directories().forEach(sweeper::below);
        batch.files().forEach(this::look);
        for (Requests.Order order : batch.orders()) {
            switch (order) {
                case SWEEP_RECENT -> sweeper.recent();
                case SWEEP_ALL -> sweeper.all();
                case TICK -> tick();
                case STOP -> stopped = true;
            }
        }
    }

    private void look(Path path) {
        watchlist.file(path).ifPresentOrElse(turns::live, () -> discover(path));
    }

    private void discover(Path path) {
        try {
            BasicFileAttributes entry =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            watchlist
                    .rootOf(path)
                    .flatMap(root -> watchlist.found(root, path, entry))
                    .ifPresent(turns::live);
        } catch (IOException failure) {
            LOG.log(Level.DEBUG, "Not looked at: {0}", failure);
        }
    }

    /**
     * Gives a file its turn.
     *
     * @param waitAgain takes the file if it wants another one
     */
    private void turn(WatchedFile file, Consumer<WatchedFile> waitAgain) {
        current = file;
        if (file.readingBacklog()) {
            backlog.add(file); // if it is not there: it was passed over, and now is in use again
        }
        try {
            boolean more = tailer.turn(file);
            if (file.troubled()) {
                file.trouble(false);
                LOG.log(Level.INFO, "Can read {0} again", file.path());
            }
            reports.turned(file);
            if (!file.readingBacklog()) {
                backlog.close(file);
            }
            if (more) {
                waitAgain.accept(file);
            }
        } catch (NoSuchFileException gone) {
            gone(file);
        } catch (IOException failure) {
            if (!file.troubled()) {
                LOG.log(Level.WARNING, "Cannot read " + file.path() + ", will try again: " + failure);
            }
            file.trouble(true);
        }
        current = null;
    }

    private void gone(WatchedFile file) {
        watchlist.forget(file);
        reports.gone(file);
    }

    private void tick() {
        Instant now = clock.instant();
        watchlist.files().stream()
                .filter(file -> file.restsUnfinished(now, config.atRest()))
                .forEach(turns::live);
        sink.tick();
        status = new WatchStatus(
                watchlist.roots().stream()
                        .map(root -> new WatchStatus.Root(root.path(), root.present()))
                        .toList(),
                watchlist.files().size(),
                backlog.progress(),
                watchlist.files().stream().mapToLong(WatchedFile::lag).sum(),
                sink.records(),
                sink.badLines(),
                (int) watchlist.files().stream().filter(WatchedFile::troubled).count(),
                hints.getAsBoolean());
    }

    private void tellOfBacklog() {
        if (backlogTold || watchlist.roots().stream().anyMatch(WatchedRoot::awaitsSweep) || !backlog.done()) {
            return;
        }
        backlogTold = true;
        WatchStatus.Progress progress = backlog.progress();
        double seconds = Duration.between(begun, clock.instant()).toMillis() / 1000.0;
        LOG.log(
                progress.filesTotal() == 0 ? Level.DEBUG : Level.INFO,
                "Has read what was there: {0} files, {1} bytes, in {2} s",
                progress.filesTotal(),
                progress.bytesTotal(),
                seconds);
    }
}
