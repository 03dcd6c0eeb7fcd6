package dev.observatory.export;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that is Markdown itself, as people and models write it, as a quotation: headings, lists and unclosed fences in it
 * end where the quotation ends. HTML, which would not, is escaped wherever it is not certain to be code; so an angle
 * bracket in code may be shown as {@code &lt;} where the text is too tricky to tell. Used once, by one thread.
 */
final class Prose {

    private static final Pattern FENCE = Pattern.compile("(`{3,})[^`]*|(~{3,}).*", Pattern.DOTALL);
    private static final Pattern CLOSING_FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,})[ \\t]*");

    /** A fence that is indented, or in a list or another quotation: where its block ends takes a whole parser to tell. */
    private static final Pattern NESTED_FENCE = Pattern.compile("[ \\t>*+.)\\d-]+(```|~~~).*", Pattern.DOTALL);

    private static final Pattern BLANK = Pattern.compile("[ \\t]*");
    private static final Pattern BACKTICKS = Pattern.compile("`+");

    private final StringBuilder quoted;

    /** What the block of code that we are in began with, null outside. */
    private String fence;

    /** Whether we have met something after which nothing is certain any more. */
    private boolean lost;

    /** Whether a span of code may go on from one of the lines above, up to the next blank line. */
    private boolean unsure;

    private Prose(int length) {
        quoted = new StringBuilder(length + length / 16 + 16);
    }

    /** Empty for a blank text. */
    static String quote(String text) {
        if (text.isBlank()) {
            return "";
        }
        Prose prose = new Prose(text.length());
        text.lines().forEach(prose::line);
        return prose.quoted.append('\n').toString();
    }

    private void line(String line) {
        quoted.append("> ").append(safe(line)).append('\n');
    }

    private String safe(String line) {
        if (fence != null) {
            readFenced(line);
            return line;
        }
        Matcher opening = FENCE.matcher(line);
        if (!lost && opening.matches()) {
            fence = opening.group(1) == null ? opening.group(2) : opening.group(1);
            unsure = false;
            return escaped(line);
        }
        lost |= NESTED_FENCE.matcher(line).matches();
        unsure &= !BLANK.matcher(line).matches();
        String safe = lost || unsure ? null : escapedOutsideCode(line);
        unsure |= safe == null;
        return safe == null ? escaped(line) : safe;
    }

    private void readFenced(String line) {
        Matcher closing = CLOSING_FENCE.matcher(line);
        if (closing.matches()) {
            boolean isLong = closing.group(1).startsWith(fence);
            fence = isLong ? null : fence;
        } else if (line.indexOf('\t') >= 0 && NESTED_FENCE.matcher(line).matches()) {
            // how wide a tab is depends on what the quotation stands in
            fence = null;
            lost = true;
        }
    }

    /** @return null where code may begin that goes on behind the line, or it takes a whole parser to tell */
    private static String escapedOutsideCode(String line) {
        boolean hasCode = line.indexOf('`') >= 0;
        if (hasCode && (line.indexOf('|') >= 0 || line.contains("\\`"))) {
            // cells of a table divide spans of code, and a backslash may or may not undo a backtick
            return null;
        }
        StringBuilder safe = new StringBuilder(line.length() + 16);
        int end = 0;
        for (int start = line.indexOf('`'); start >= 0; start = line.indexOf('`', end)) {
            safe.append(escaped(line.substring(end, start)));
            end = spanEnd(line, start);
            if (end < 0) {
                return null;
            }
            safe.append(line, start, end);
        }
        return safe.append(escaped(line.substring(end))).toString();
    }

    /** Where a span of code ends that begins there: behind as many backticks. -1 when it does not end. */
    private static int spanEnd(String line, int start) {
        Matcher run = BACKTICKS.matcher(line);
        run.find(start);
        int length = run.end() - run.start();
        while (run.find()) {
            if (run.end() - run.start() == length) {
                return run.end();
            }
        }
        return -1;
    }

    private static String escaped(String text) {
        return text.replace("<", "&lt;");
    }
}
