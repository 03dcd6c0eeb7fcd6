package dev.observatory.transcript;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Writer;

/** Reads scalar values, the long ones only in part. Confined to its parser's thread. */
final class TextReader {

    /** Names and ids are far shorter; a longer one is somebody's mistake or mischief and is cut. */
    private static final int NAME_LIMIT = 4096;

    private final int textLimit;
    private final Beginning beginning = new Beginning();

    TextReader(int textLimit) {
        this.textLimit = textLimit;
    }

    /** The text that the parser stands at; empty when it stands at anything else, which is passed over. */
    CutText text(JsonParser parser) throws IOException {
        return text(parser, textLimit);
    }

    private CutText text(JsonParser parser, int limit) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            return CutText.EMPTY;
        }
        if (parser.getTextLength() <= limit) {
            return new CutText(parser.getText(), false);
        }
        // one character more than the limit, so that a surrogate pair across it is seen
        beginning.restart(limit + 1);
        parser.getText(beginning);
        return CutText.of(beginning.toString(), limit);
    }

    /** The name or id that the parser stands at; null when it stands at anything but a string. */
    String name(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            return null;
        }
        return text(parser, NAME_LIMIT).text();
    }

    /** Whether the parser stands at {@code true}. */
    boolean flag(JsonParser parser) throws IOException {
        parser.skipChildren();
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    /** Keeps the first characters written to it. */
    private static final class Beginning extends Writer {

        private final StringBuilder kept = new StringBuilder();
        private int limit;

        void restart(int characters) {
            kept.setLength(0);
            limit = characters;
        }

        @Override
        public void write(char[] source, int offset, int length) {
            kept.append(source, offset, Math.min(length, limit - kept.length()));
        }

        @Override
        public String toString() {
            return kept.toString();
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
}
