package dev.observatory.transcript;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.Writer;

/** Texts one below the other, up to a limit. Confined to its reader's thread. */
final class LimitedText extends Writer {

    private final StringBuilder kept = new StringBuilder();
    private final int limit;
    private boolean cut;

    /** @param limit in characters */
    LimitedText(int limit) {
        this.limit = limit;
    }

    void clear() {
        kept.setLength(0);
        cut = false;
    }

    /** The string that the parser stands at. */
    void add(JsonParser parser) throws IOException {
        separate();
        parser.getText(this);
    }

    void add(String text) {
        separate();
        write(text.toCharArray(), 0, text.length());
    }

    boolean isCut() {
        return cut;
    }

    private void separate() {
        if (!kept.isEmpty() && kept.length() < limit) {
            kept.append('\n');
        }
    }

    @Override
    public void write(char[] source, int offset, int length) {
        int taken = Math.min(length, limit - kept.length());
        kept.append(source, offset, taken);
        cut |= taken < length;
    }

    /** What was kept; it does not end between the halves of a surrogate pair. */
    @Override
    public String toString() {
        int end = kept.length();
        boolean isSplit = cut && end > 0 && Character.isHighSurrogate(kept.charAt(end - 1));
        return kept.substring(0, isSplit ? end - 1 : end);
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        // nothing is open
    }
}
