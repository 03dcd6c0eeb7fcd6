package dev.observatory.auth.token;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which names are meant: those that equal one of the patterns, or begin with what stands before its {@code *}. Immutable.
 *
 * <p>A pattern is 1 to {@value #MAX_LENGTH} characters of {@code [A-Za-z0-9_.:-]}, and then there may be one {@code *},
 * which stands for any characters or none; {@code *} alone means every name. Upper and lower case differ. There are at
 * most {@value #MAX_PATTERNS} patterns; without any, no name is meant.
 */
public record NamePatterns(List<String> patterns) {

    /** How many patterns there may be. */
    public static final int MAX_PATTERNS = 100;

    /** How long one may be, in characters, without its {@code *}. */
    public static final int MAX_LENGTH = 200;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.:-]{1," + MAX_LENGTH + "}\\*?|\\*");

    /** Every name. */
    public static final NamePatterns ANY = new NamePatterns(List.of("*"));

    /** @throws IllegalArgumentException when there are too many, or one does not have the form of a pattern */
    public NamePatterns {
        patterns = List.copyOf(patterns);
        if (patterns.size() > MAX_PATTERNS) {
            throw new IllegalArgumentException("there are " + patterns.size() + " patterns, more than " + MAX_PATTERNS);
        }
        if (!patterns.stream().allMatch(pattern -> FORM.matcher(pattern).matches())) {
            throw new IllegalArgumentException("one is no pattern");
        }
    }

    /** Whether every name is meant, so that there is nothing to look at in each. */
    public boolean isAny() {
        return patterns.contains("*");
    }

    public boolean matches(String name) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        // asked for every message of a narrowed connection, so without making anything
        return pattern.endsWith("*") ? name.regionMatches(0, pattern, 0, pattern.length() - 1) : pattern.equals(name);
    }
}
