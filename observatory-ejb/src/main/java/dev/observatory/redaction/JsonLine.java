package dev.observatory.redaction;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One pass over one line of JSON. Used once, by one thread.
 *
 * <p>Only strings that may hold a secret are unescaped and looked at closely, together with the name of their field; what
 * is found there is traced back to the bytes it was written with. Quotes, brackets and whatever else makes up the
 * structure is never touched.
 */
final class JsonLine {

    private static final int NONE = -1;

    /** Bytes that stand outside strings in JSON: punctuation, space, numbers and three words. */
    private static final boolean[] OUTSIDE = new boolean[256];

    static {
        for (char c : "{}[],: \t\r\n0123456789+-.eEtrufalsn".toCharArray()) {
            OUTSIDE[c] = true;
        }
    }

    private final Redactor redactor;
    private final Triggers triggers;
    private final byte[] line;
    private final int offset;
    private final int end;

    private final List<Finding> findings = new ArrayList<>(0);
    private int position;

    /** Whether the string just read may hold a secret. */
    private boolean suspect;

    // the field that the next string is the value of: where its name is written
    private int nameStart = NONE;
    private int nameEnd;
    private boolean nameSuspect;

    JsonLine(Redactor redactor, Triggers triggers, byte[] line, int offset, int length) {
        this.redactor = redactor;
        this.triggers = triggers;
        this.line = line;
        this.offset = offset;
        end = offset + length;
    }

    /** Looks for secrets; to be called once, before anything else. */
    boolean hasFindings() {
        position = offset;
        boolean json = true;
        while (json && position < end) {
            json = line[position] == '"' ? string() : OUTSIDE[line[position++] & 0xff];
        }
        if (!json) {
            findings.clear();
            // each byte is a character, so that places in the text are places in the line
            String text = new String(line, offset, end - offset, StandardCharsets.ISO_8859_1);
            redactor.find(text).forEach(found -> add(found.kind(), offset + found.start(), offset + found.end()));
        }
        return !findings.isEmpty();
    }

    private void add(String kind, int start, int stop) {
        findings.add(new Finding(kind, start, stop));
    }

    /** Reads the string that begins here; false when it does not end. */
    private boolean string() {
        int start = ++position;
        if (!skipString()) {
            return false;
        }
        int stop = position - 1;
        if (nameStart == NONE && isName()) {
            nameStart = start;
            nameEnd = stop;
            nameSuspect = suspect;
            if (!beginsString()) {
                examine(NONE, NONE);
            }
        } else {
            examine(start, stop);
        }
        return true;
    }

    /** Goes behind the closing quote; false when there is none. */
    private boolean skipString() {
        int state = Triggers.START;
        boolean hit = false;
        int i = position;
        for (; i < end && line[i] != '"' && !hit; i++) {
            if (line[i] == '\\') {
                state = Triggers.START;
                hit = hides(++i);
            } else {
                state = triggers.next(state, line[i] & 0xff);
                hit = triggers.ends(state);
            }
        }
        suspect = hit;
        // one suspicion is enough: it will be looked at closely
        for (; i < end && line[i] != '"'; i++) {
            if (line[i] == '\\') {
                i++;
            }
        }
        position = i + 1;
        return i < end;
    }

    /** Behind an escaped character that could have been written plainly there may be anything. */
    private boolean hides(int at) {
        return at + 2 < end && (line[at] == '/' || line[at] == 'u' && line[at + 1] == '0' && line[at + 2] == '0');
    }

    /** Whether a colon follows; then goes behind it. */
    private boolean isName() {
        int next = behindSpace(position);
        if (next < end && line[next] == ':') {
            position = next + 1;
            return true;
        }
        return false;
    }

    /** Whether a string follows; then goes to its quote. */
    private boolean beginsString() {
        int next = behindSpace(position);
        if (next < end && line[next] == '"') {
            position = next;
            return true;
        }
        return false;
    }

    private int behindSpace(int from) {
        int next = from;
        while (next < end && (line[next] == ' ' || line[next] == '\t' || line[next] == '\r')) {
            next++;
        }
        return next;
    }

    /** Looks closely at a field's name and value, either of which may be missing. */
    private void examine(int valueStart, int valueEnd) {
        boolean valueSuspect = valueStart != NONE && suspect;
        if (nameStart != NONE && nameSuspect || valueSuspect) {
            Unescaped text = new Unescaped(line);
            if (nameStart != NONE && nameSuspect) {
                text.appendString(nameStart, nameEnd);
            }
            int name = text.length();
            if (valueStart != NONE) {
                text.append(':', NONE).appendString(valueStart, valueEnd);
            }
            String said = text.toString();
            for (Finding found : redactor.find(said)) {
                addPart(text, said, found, 1, name - 1);
                addPart(text, said, found, name + 2, text.length() - 1);
            }
        }
        nameStart = NONE;
    }

    /**
     * Adds as much of a finding as lies within one of the strings. A finding across both, which begins in the name, may
     * have nothing in the value but the mark of an earlier round: to replace that would go on for ever.
     */
    private void addPart(Unescaped text, String said, Finding found, int from, int to) {
        int start = Math.max(found.start(), from);
        int stop = Math.min(found.end(), to);
        if (start < stop && !said.startsWith(Rule.MARK, start)) {
            add(found.kind(), text.place(start), text.place(stop));
        }
    }

    /** The line without the secrets just found. */
    JsonLine next() {
        ByteArrayOutputStream redacted = new ByteArrayOutputStream(end - offset);
        int copied = offset;
        for (Finding finding : findings) {
            redacted.write(line, copied, finding.start() - copied);
            redacted.writeBytes(finding.mark().getBytes(StandardCharsets.US_ASCII));
            copied = finding.end();
        }
        redacted.write(line, copied, end - copied);
        return new JsonLine(redactor, triggers, redacted.toByteArray(), 0, redacted.size());
    }

    /** The line as it is. */
    byte[] bytes() {
        return offset == 0 && end == line.length ? line : Arrays.copyOfRange(line, offset, end);
    }
}
