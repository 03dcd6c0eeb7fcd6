package dev.observatory.watch;

import dev.observatory.conversation.ConversationFeed;
import dev.observatory.conversation.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Everything that watches a root and gives its lines to a feed, without threads: the test says when it looks. */
public final class Station {

    private static final Duration AT_REST = Duration.ofSeconds(2);
    private static final int MAX_LINE = 1 << 24;

    private final ConversationSink sink;
    private final Turns turns = new Turns();
    private final Watchlist watchlist;
    private final Sweeper sweeper;
    private final Tailer tailer;
    private final Retention retention;
    private final Clock clock;
    private boolean loaded;

    /** @param feed was asked to load */
    public Station(Path root, ConversationFeed feed, Clock clock, int turnBytes) {
        this(root, feed, clock, turnBytes, Optional.empty());
    }

    /** @param retention how long conversations are kept */
    public Station(Path root, ConversationFeed feed, Clock clock, int turnBytes, Optional<Duration> retention) {
        this.clock = clock;
        sink = new ConversationSink(feed);
        WatchConfig config = new WatchConfig(
                List.of(root),
                AT_REST,
                AT_REST,
                AT_REST,
                AT_REST,
                MAX_LINE,
                turnBytes,
                Optional.empty(),
                false,
                500,
                retention);
        watchlist = new Watchlist(config, turns, new Backlog(), clock);
        sweeper = new Sweeper(watchlist, turns, AT_REST, clock, watchlist::forget);
        this.retention = new Retention(sink, watchlist, retention);
        tailer = new Tailer(sink, turnBytes, MAX_LINE, AT_REST, clock);
    }

    /** Looks through the root and reads what there is to read, if the store is there. */
    public Station look() {
        if (!loaded && sink.available()) {
            watchlist.resume(sink.takePlaces());
            loaded = true;
        }
        if (loaded) {
            sweeper.all();
            while (sweeper.busy()) {
                sweeper.step();
            }
            while (sink.available() && (turns.liveWaits() || turns.backlogWaits())) {
                turn(turns.liveWaits() ? turns.nextLive() : turns.nextBacklog());
            }
        }
        return this;
    }

    private void turn(WatchedFile file) {
        try {
            boolean more = tailer.turn(file);
            watchlist.hasRead(file);
            file.lastReport().made(file.size());
            if (more) {
                turns.backlog(file);
            }
        } catch (StoreUnavailableException away) {
            turns.backlog(file);
        } catch (NoSuchFileException gone) {
            watchlist.forget(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Lets old conversations go, as far as the store allows. */
    public Station retire() {
        retention.begin(clock.instant());
        while (retention.busy() && sink.available()) {
            retention.step();
        }
        return this;
    }

    public Station tick() {
        sink.tick();
        return this;
    }
}
