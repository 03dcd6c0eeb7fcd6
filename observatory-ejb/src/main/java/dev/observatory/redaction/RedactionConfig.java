package dev.observatory.redaction;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * What can be set about redaction. Immutable.
 *
 * @param patterns a further file of patterns
 * @param except kinds of secrets that are left as they are
 */
public record RedactionConfig(Optional<Path> patterns, Set<String> except) {

    static final String PATTERNS = "observatory.redaction.patterns";
    static final String EXCEPT = "observatory.redaction.except";

    public static final RedactionConfig DEFAULTS = new RedactionConfig(Optional.empty(), Set.of());

    private static final String NONE = "none";

    public RedactionConfig {
        except = Set.copyOf(except);
    }

    /**
     * Reads the settings {@code observatory.redaction.*}.
     *
     * @throws java.util.NoSuchElementException when one has no value
     */
    public static RedactionConfig of(Config config) {
        return of(
                config.getValue(PATTERNS, String.class),
                config.getValue(EXCEPT, String.class),
                System.getProperty("user.home"));
    }

    /** The settings as they are written; {@code ~/} at the beginning of a path stands for the user's own folder. */
    static RedactionConfig of(String patterns, String except, String home) {
        String path = patterns.strip();
        return new RedactionConfig(
                path.equals(NONE)
                        ? Optional.empty()
                        : Optional.of(Path.of(path.startsWith("~/") ? home + path.substring(1) : path)),
                Arrays.stream(except.split(","))
                        .map(String::strip)
                        .filter(kind -> !kind.isEmpty() && !kind.equals(NONE))
                        .collect(Collectors.toSet()));
    }
}
