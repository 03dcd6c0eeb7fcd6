package dev.observatory.redaction;

/**
 * A text in which one secret is known.
 *
 * @param start where the secret begins
 * @param end behind its last character
 */
record Marked(String text, int start, int end) {

    /** Reads {@code before«secret»after}. */
    static Marked of(String sample) {
        int start = sample.indexOf('«');
        int end = sample.indexOf('»');
        return new Marked(
                sample.substring(0, start) + sample.substring(start + 1, end) + sample.substring(end + 1),
                start,
                end - 1);
    }

    String secret() {
        return text.substring(start, end);
    }

    String redacted(String kind) {
        return text.substring(0, start) + "[redacted:" + kind + "]" + text.substring(end);
    }
}
