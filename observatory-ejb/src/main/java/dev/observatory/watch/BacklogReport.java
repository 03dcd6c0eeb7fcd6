package dev.observatory.watch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Tells the log how far the reading of what was there has come: a line with a bar every few seconds, and one when all of
 * it is read. Confined to the reading thread.
 */
final class BacklogReport {

    private static final Logger LOG = System.getLogger(BacklogReport.class.getName());

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int BAR_LENGTH = 30;
    private static final double MEGABYTE = 1e6;

    private final Clock clock;
    private final Instant begun;
    private Instant told;
    private boolean done;

    BacklogReport(Clock clock) {
        this.clock = clock;
        begun = clock.instant();
        told = begun;
    }

    boolean done() {
        return done;
    }

    /** To be called often, as long as it is not done. */
    void goesOn(WatchStatus.Progress progress) {
        Instant now = clock.instant();
        if (!done && progress.filesTotal() > 0 && !told.plus(INTERVAL).isAfter(now)) {
            told = now;
            LOG.log(Level.INFO, line(progress));
        }
    }

    /** Nothing is left of it. */
    void ends(WatchStatus.Progress progress) {
        done = true;
        LOG.log(
                progress.filesTotal() == 0 ? Level.DEBUG : Level.INFO,
                "Has read what was there: {0} files, {1} bytes, in {2} s",
                progress.filesTotal(),
                progress.bytesTotal(),
                Duration.between(begun, clock.instant()).toMillis() / 1000.0);
    }

    static String line(WatchStatus.Progress progress) {
        double share = progress.bytesTotal() == 0 ? 0 : (double) progress.bytesDone() / progress.bytesTotal();
        int filled = (int) (share * BAR_LENGTH);
        return String.format(
                Locale.ROOT,
                "Reading what was there: [%s%s] %3d %%, %d of %d files, %.1f of %.1f MB",
                "#".repeat(filled),
                "-".repeat(BAR_LENGTH - filled),
                (int) (share * 100),
                progress.filesDone(),
                progress.filesTotal(),
                progress.bytesDone() / MEGABYTE,
                progress.bytesTotal() / MEGABYTE);
    }
}
