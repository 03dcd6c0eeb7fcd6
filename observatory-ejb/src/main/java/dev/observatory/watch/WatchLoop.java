package dev.observatory.watch;

import dev.observatory.conversation.StoreUnavailableException;
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

    /** How long an idle loop rests when there is more to report than may be reported now. */
    private static final Duration OWING = Duration.ofMillis(20);

    private final WatchConfig config;
    private final Requests requests;
    private final LineSink sink;
    private final Clock clock;
    private final BooleanSupplier hints;
    private final Turns turns = new Turns();
    private final Backlog backlog = new Backlog();
    private final Watchlist watchlist;
    private final Sweeper sweeper;
    private final Retention retention;
    private final Tailer tailer;
    private final FileReports reports;
    private final BacklogReport backlogReport;

    /** Whose turn it is; still set after the turn when that failed. */
    private WatchedFile current;

    private boolean loadAsked;

    /** Whether the places of the files are known. Before, nothing may be looked at. */
    private boolean loaded;

    /** Whether old conversations are to go as soon as it is known which files there are. */
    private boolean retires;

    private boolean stopped;

    /** Replaced by the thread that runs this, read by any. */
    private volatile WatchStatus status;

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
        retention = new Retention(sink, watchlist, config.retention());
        tailer = new Tailer(sink, config.turnBytes(), config.maxLineBytes(), config.atRest(), clock);
        reports = new FileReports(drafts, sink, clock, config.fileUpdatesPerSecond());
        backlogReport = new BacklogReport(clock);
        status = WatchStatus.none(clock.instant());
    }

    /** How the watching went at the last tick. */
    WatchStatus status() {
        return status;
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                if (load()) {
                    resume();
                    round();
                }
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
     * Finds out where the files were left, before anything is read.
     *
     * @return whether that is known; if not, a second has passed and it may be tried again
     */
    private boolean load() throws InterruptedException {
        if (!loadAsked) {
            loadAsked = true;
            sink.load();
        } else if (!loaded) {
            Requests.Batch batch = requests.take(IDLE);
            batch.hooks().forEach(sink::report);
            stopped = batch.orders().contains(Requests.Order.STOP);
            if (batch.orders().contains(Requests.Order.TICK)) {
                tick();
            }
            if (!stopped && sink.available()) {
                sweeper.all(); // what was asked for in the meantime is not known any more
            }
        }
        if (!loaded && !stopped && sink.available()) {
            watchlist.resume(sink.takePlaces());
            loaded = true;
        }
        return loaded;
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
        boolean reading = sink.available() && (turns.liveWaits() || turns.backlogWaits() || retention.busy());
        Duration pause = reports.owes() ? OWING : IDLE;
        obey(requests.take(reading || sweeper.busy() ? Duration.ZERO : pause));
        reports.tellOwed();
        if (turns.liveWaits() && sink.available()) {
            turn(turns.nextLive(), turns::live);
        }
        if (sweeper.busy()) {
            sweeper.step();
        } else if (retention.busy() && !turns.liveWaits() && sink.available()) {
            retention.step();
        } else if (turns.backlogWaits() && !turns.liveWaits() && sink.available()) {
            turn(turns.nextBacklog(), turns::backlog);
        }
        tellOfBacklog();
    }

    private void obey(Requests.Batch batch) {
        batch.hooks().forEach(sink::report);
        batch.directories().forEach(sweeper::below);
        batch.files().forEach(this::look);
        for (Requests.Order order : batch.orders()) {
            switch (order) {
                case SWEEP_RECENT -> sweeper.recent();
                case SWEEP_ALL -> sweeper.all();
                case RETIRE -> retires = true;
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
            watchlist.hasRead(file);
            if (!sink.available()) {
                waitAgain.accept(file); // what came of this turn is told when it is kept
                current = null;
                return;
            }
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
        } catch (StoreUnavailableException away) {
            waitAgain.accept(file); // as unread as before
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
                .filter(file -> file.restsUnfinished(now, config.atRest()) || file.restsEmpty(now, config.atRest()))
                .forEach(turns::live);
        sink.tick();
        if (retires && loaded && sink.available() && watchlist.roots().stream().noneMatch(WatchedRoot::awaitsSweep)) {
            retires = false;
            retention.begin(now);
        }
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
                hints.getAsBoolean(),
                sink.available(),
                sink.trouble(),
                sink.hooks(),
                retention.status(),
                now);
        backlogReport.goesOn(status.backlog());
    }

    private void tellOfBacklog() {
        boolean listed = watchlist.roots().stream().noneMatch(WatchedRoot::awaitsSweep);
        if (!backlogReport.done() && listed && backlog.done()) {
            backlogReport.ends(backlog.progress());
        }
    }
}
