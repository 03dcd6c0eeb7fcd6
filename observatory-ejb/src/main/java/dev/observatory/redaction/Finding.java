package dev.observatory.redaction;

/** A secret in a text, from {@code start} up to but without {@code end}. Immutable. */
record Finding(String kind, int start, int end) {

    /** What stands in the secret's place. */
    String mark() {
        return Rule.MARK + kind + "]";
    }

    boolean covers(String text) {
        return start == 0 && end == text.length();
    }
}
