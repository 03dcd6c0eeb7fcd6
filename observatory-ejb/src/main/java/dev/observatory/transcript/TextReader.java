package dev.observatory.transcript;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.observatory.redaction.Redactor;
import java.io.IOException;
import java.io.Writer;

/**
 * Reads scalar values, the long ones only in part. Confined to its parser's thread.
 *
 * <p>Here all that is to be shown of a record comes by, and here secrets are taken out of it: before it is cut, because
 * half a secret cannot be told from any other text.
 */
final class TextReader {

    /** Names and ids are far shorter; a longer one is somebody's mistake or mischief and is cut. */
    private static final int NAME_LIMIT = 4096;

    private final int textLimit;
    private final Redactor redactor;
    private final Beginning beginning = new Beginning();

    TextReader(int textLimit, Redactor redactor) {
        this.textLimit = textLimit;
        this.redactor = redactor;
    }

    /** The text that the parser stands at, without secrets; empty at anything else, which is passed over. */
    CutText text(JsonParser parser) throws IOException {
        return text(parser, textLimit);
    }

    private CutText text(JsonParser parser, int limit) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            return CutText.EMPTY;
        }
        if (parser.getTextLength() <= limit) {
            return CutText.of(redactor.redact(parser.getText()), limit);
        }
        String kept = redactor.redact(beginning(parser, limit + Redactor.REACH), limit);
        return new CutText(CutText.of(kept, limit).text(), true);
    }

    /** A name that is to be shown, without secrets; null when the parser stands at anything but a string. */
    String shownName(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            return null;
        }
        return text(parser, NAME_LIMIT).text();
    }

    /** The id or word that the parser stands at, as it is; null when it stands at anything but a string. */
    String name(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            return null;
        }
        // one character more than the limit, so that a surrogate pair across it is seen
        return CutText.of(beginning(parser, NAME_LIMIT + 1), NAME_LIMIT).text();
    }

    private String beginning(JsonParser parser, int characters) throws IOException {
        if (parser.getTextLength() <= characters) {
            return parser.getText();
        }
        beginning.restart(characters);
        parser.getText(beginning);
        return beginning.toString();
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
