package dev.observatory.redaction;

import java.util.Arrays;

/**
 * What strings of JSON say, with the place in the line of each character. Used once, by one thread.
 */
final class Unescaped {

    private static final char UNREADABLE = '\uFFFD';

    private final byte[] line;
    private char[] text = new char[64];
    private int[] places = new int[64];
    private int length;

    // the string that is being read
    private int position;
    private int stop;

    Unescaped(byte[] line) {
        this.line = line;
    }

    int length() {
        return length;
    }

    /** Where a character is written. */
    int place(int index) {
        return places[index];
    }

    @Override
    public String toString() {
        return new String(text, 0, length);
    }

    Unescaped append(char character, int place) {
        if (length == places.length) {
            reserve(length);
        }
        places[length] = place;
        text[length++] = character;
        return this;
    }

    private void reserve(int more) {
        text = Arrays.copyOf(text, text.length + more);
        places = Arrays.copyOf(places, places.length + more);
    }

    /** Appends the string between {@code start} and {@code end}, with the quotes that stand around it. */
    Unescaped appendString(int start, int end) {
        reserve(end - start + 2);
        append('"', start - 1);
        position = start;
        stop = end;
        appendPlain();
        while (position < stop) {
            int b = line[position] & 0xff;
            if (b == '\\' && position + 1 < stop) {
                appendEscaped();
            } else if (b < 0x80) {
                append((char) b, position++);
            } else {
                appendWide(b);
            }
            appendPlain();
        }
        return append('"', end);
    }

    /** What most of a text is made of. There is room: it has been reserved for the whole string. */
    private void appendPlain() {
        while (position < stop && line[position] >= 0 && line[position] != '\\') {
            places[length] = position;
            text[length++] = (char) line[position++];
        }
    }

    private void appendEscaped() {
        int place = position;
        int b = line[position + 1];
        position += 2;
        append(
                switch (b) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'u' -> hexadecimal();
                    default -> (char) (b & 0xff);
                },
                place);
    }

    private char hexadecimal() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = position < stop ? Character.digit(line[position], 16) : -1;
            if (digit < 0) {
                return UNREADABLE;
            }
            code = code << 4 | digit;
            position++;
        }
        return (char) code;
    }

    /** A character of two to four bytes in UTF-8. It is taken for granted that they are right: they are not changed. */
    private void appendWide(int first) {
        int place = position;
        int following = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
        int code = following == 0 ? UNREADABLE : first & 0x3f >> following;
        position++;
        for (int i = 0; i < following && position < stop && (line[position] & 0xc0) == 0x80; i++) {
            code = code << 6 | line[position++] & 0x3f;
        }
        if (code <= Character.MAX_VALUE) {
            append((char) code, place);
        } else if (Character.isValidCodePoint(code)) {
            append(Character.highSurrogate(code), place).append(Character.lowSurrogate(code), place);
        } else {
            append(UNREADABLE, place);
        }
    }
}
