package dev.observatory.store;

/**
 * How a text is written to a column, so that it comes back as it was. PostgreSQL can hold neither U+0000 nor half a
 * surrogate pair, and both come up in transcripts: the first in printed binary files, the second where a text was cut.
 * They are written as U+0010 (data link escape) and four hexadecimal digits; so is U+0010 itself.
 */
final class StoredText {

    private static final char ESCAPE = '\u0010';
    private static final int DIGITS = 4;

    private StoredText() {}

    /** Null stays null. */
    static String of(String text) {
        if (text == null || firstUnfit(text) == text.length()) {
            return text;
        }
        StringBuilder stored = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            if (isUnfit(text, i)) {
                stored.append(ESCAPE).append(String.format("%04x", (int) text.charAt(i)));
            } else {
                stored.append(text.charAt(i));
            }
        }
        return stored.toString();
    }

    /** The text that {@link #of} was given. */
    static String read(String stored) {
        if (stored == null || stored.indexOf(ESCAPE) < 0) {
            return stored;
        }
        StringBuilder text = new StringBuilder(stored.length());
        for (int i = 0; i < stored.length(); i++) {
            char next = stored.charAt(i);
            if (next == ESCAPE) {
                next = (char) Integer.parseInt(stored, i + 1, i + 1 + DIGITS, 16);
                i += DIGITS;
            }
            text.append(next);
        }
        return text.toString();
    }

    private static int firstUnfit(String text) {
        int i = 0;
        while (i < text.length() && !isUnfit(text, i)) {
            i++;
        }
        return i;
    }

    private static boolean isUnfit(String text, int i) {
        char c = text.charAt(i);
        return c == 0 || c == ESCAPE || Character.isSurrogate(c) && !isInPair(text, i);
    }

    private static boolean isInPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
