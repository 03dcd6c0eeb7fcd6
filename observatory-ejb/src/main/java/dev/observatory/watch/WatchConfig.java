package dev.observatory.watch;

import dev.observatory.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * What can be set about watching. Immutable.
 *
 * @param roots absolute and without repetition
 * @param sweepRecent how often files that changed lately are looked at
 * @param sweepAll how often everything is looked at
 * @param recent how long a file is one that changed lately
 * @param atRest after this long without growth an unfinished last line is offered
 * @param maxLineBytes longer lines are skipped
 * @param turnBytes a file's share of a turn
 * @param backfill how old a file may be to be read at the start; empty for any age
 * @param hints whether notifications of the operating system are used
 * @param fileUpdatesPerSecond how many changes of files are told in a second
 * @param retention how long conversations are kept in which nothing happens; empty for ever
 */
record WatchConfig(
        List<Path> roots,
        Duration sweepRecent,
        Duration sweepAll,
        Duration recent,
        Duration atRest,
        int maxLineBytes,
        int turnBytes,
        Optional<Duration> backfill,
        boolean hints,
        int fileUpdatesPerSecond,
        Optional<Duration> retention) {

    private static final String PREFIX = "observatory.watch.";
    private static final String RETENTION = "observatory.retention.conversations";

    /** @throws IllegalArgumentException when a value is of no use */
    WatchConfig {
        roots = roots.stream().distinct().toList();
        requirePositive(sweepRecent, "sweep-recent");
        requirePositive(sweepAll, "sweep-all");
        require(maxLineBytes > 0 && maxLineBytes < Integer.MAX_VALUE - 8, "max-line-bytes", maxLineBytes);
        require(turnBytes > 0, "turn-bytes", turnBytes);
        require(fileUpdatesPerSecond > 0, "file-updates-per-second", fileUpdatesPerSecond);
    }

    /**
     * Reads the settings {@code observatory.watch.*}.
     *
     * @throws IllegalArgumentException when one is not of its type
     * @throws java.util.NoSuchElementException when one has no value
     */
    static WatchConfig of(Config config) {
        Settings settings = new Settings(config);
        return new WatchConfig(
                config.getOptionalValues(PREFIX + "roots", String.class).orElse(List.of()).stream()
                        .map(root -> root(root, System.getProperty("user.home")))
                        .toList(),
                settings.value(PREFIX + "sweep-recent", Duration.class),
                settings.value(PREFIX + "sweep-all", Duration.class),
                settings.value(PREFIX + "recent", Duration.class),
                settings.value(PREFIX + "at-rest", Duration.class),
                settings.value(PREFIX + "max-line-bytes", Integer.class),
                settings.value(PREFIX + "turn-bytes", Integer.class),
                backfill(settings),
                settings.flag(PREFIX + "hints"),
                settings.value(PREFIX + "file-updates-per-second", Integer.class),
                settings.retention(RETENTION));
    }

    /** The same, for other folders. */
    WatchConfig withRoots(List<Path> others) {
        return new WatchConfig(
                others,
                sweepRecent,
                sweepAll,
                recent,
                atRest,
                maxLineBytes,
                turnBytes,
                backfill,
                hints,
                fileUpdatesPerSecond,
                retention);
    }

    /**
     * Whether a file that lay there at the start is read although nothing comes to it. What would not be kept is not: so
     * nothing has to be remembered of the files of conversations that were let go.
     */
    boolean backfills(Instant modified, Instant now) {
        return isYounger(modified, backfill, now) && isYounger(modified, retention, now);
    }

    private static boolean isYounger(Instant modified, Optional<Duration> age, Instant now) {
        return age.isEmpty() || !modified.isBefore(now.minus(age.get()));
    }

    /** A folder as it is written in the settings; {@code ~/} at the beginning stands for the user's own. */
    static Path root(String text, String home) {
        String trimmed = text.strip();
        boolean atHome = trimmed.equals("~") || trimmed.startsWith("~/");
        return Path.of(atHome ? home + trimmed.substring(1) : trimmed)
                .toAbsolutePath()
                .normalize();
    }

    private static Optional<Duration> backfill(Settings settings) {
        try {
            return backfill(settings.value(PREFIX + "backfill", String.class));
        } catch (DateTimeParseException e) {
            throw settings.unreadable(PREFIX + "backfill", "all, none or a duration such as P7D", e);
        }
    }

    /** {@code all}, {@code none}, or a duration. */
    static Optional<Duration> backfill(String text) {
        return switch (text.strip()) {
            case "all" -> Optional.empty();
            case "none" -> Optional.of(Duration.ZERO);
            default -> Optional.of(Duration.parse(text.strip()));
        };
    }

    private static void requirePositive(Duration value, String setting) {
        require(!value.isNegative() && !value.isZero(), setting, value);
    }

    private static void require(boolean valid, String setting, Object value) {
        if (!valid) {
            throw new IllegalArgumentException(PREFIX + setting + " is " + value + ", but has to be above zero");
        }
    }
}
