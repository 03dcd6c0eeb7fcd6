package dev.observatory.transcript;

/**
 * The beginning of a text. Immutable.
 *
 * @param text what was kept, never null; it does not end between the halves of a surrogate pair
 * @param cut whether there was more
 */
public record CutText(String text, boolean cut) {

    public static final CutText EMPTY = new CutText("", false);

    /** The first {@code limit} characters, one less where the cut would split a surrogate pair. */
    public static CutText of(String text, int limit) {
        if (text.length() <= limit) {
            return new CutText(text, false);
        }
        boolean splits = limit > 0 && Character.isHighSurrogate(text.charAt(limit - 1));
        return new CutText(text.substring(0, splits ? limit - 1 : limit), true);
    }

    /** This text, cut further if need be. */
    public CutText limitedTo(int limit) {
        return text.length() <= limit ? this : of(text, limit);
    }

    public boolean isBlank() {
        return text.isBlank();
    }
}
