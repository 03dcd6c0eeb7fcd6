package dev.observatory.redaction;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one kind of secret looks like. Immutable.
 *
 * @param literals where one of them stands, in whatever case, the pattern is tried; ASCII only
 * @param pattern has to match from the literal's first character on. A group named {@code secret} is what is replaced,
 *     without one it is the whole match; a group named {@code from}, in a look-behind, moves its beginning forward
 * @param secretGroup whether the pattern has the one group
 * @param fromGroup whether the pattern has the other
 */
record Rule(String kind, List<String> literals, Pattern pattern, boolean secretGroup, boolean fromGroup) {

    /** How everything begins that stands in a secret's place. */
    static final String MARK = "[redacted:";

    private static final String SECRET = "secret";
    private static final String FROM = "from";

    /** Finds what stands in a secret's place, so that it is left alone. */
    static final Rule MARKED = of("", List.of(MARK), Pattern.compile("\\[redacted:[a-z0-9-]{1,40}+]"));

    static Rule of(String kind, List<String> literals, Pattern pattern) {
        return new Rule(kind, literals, pattern, has(pattern, SECRET), has(pattern, FROM));
    }

    private static boolean has(Pattern pattern, String group) {
        return pattern.pattern().contains("(?<" + group + ">");
    }

    /**
     * Tries the pattern.
     *
     * @param at where the literal begins
     * @return null when it does not match there
     */
    Finding at(int at, Matcher matcher, int length) {
        if (!matcher.region(at, length).lookingAt()) {
            return null;
        }
        boolean part = secretGroup && matcher.start(SECRET) >= 0;
        int start = part ? matcher.start(SECRET) : at;
        int from = fromGroup ? matcher.start(FROM) : -1;
        return new Finding(kind, from < 0 ? start : from, part ? matcher.end(SECRET) : matcher.end());
    }

    /** A matcher for {@link #at}. It looks beyond the region, at what stands before the literal. */
    Matcher matcher(String text) {
        return pattern.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
    }
}
