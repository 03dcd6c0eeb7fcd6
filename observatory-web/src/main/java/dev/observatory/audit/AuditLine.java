package dev.observatory.audit;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.regex.Pattern;

/**
 * One line of the audit log, {@code what name=value name="other value"}, written to the logger
 * {@code dev.observatory.audit} at level INFO. Values come from outside, so none of them can end the line or pass for
 * another field. Secrets are never to be given to it. Confined to the thread that makes it.
 */
public final class AuditLine {

    private static final Logger LOG = System.getLogger("dev.observatory.audit");

    /** So much of a value is shown, characters. */
    private static final int MAX_SHOWN = 200;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:/@+-]+");

    private final StringBuilder text;

    private AuditLine(String what) {
        text = new StringBuilder(what);
    }

    /** @param what was done, a word */
    public static AuditLine of(String what) {
        return new AuditLine(what);
    }

    /** A field more; none where the value is null. */
    public AuditLine with(String name, Object value) {
        if (value != null) {
            text.append(' ').append(name).append('=').append(shown(value.toString()));
        }
        return this;
    }

    public void log() {
        LOG.log(Level.INFO, toString());
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private static String shown(String value) {
        String cut = value.length() <= MAX_SHOWN ? value : value.substring(0, MAX_SHOWN) + "…";
        if (PLAIN.matcher(cut).matches()) {
            return cut;
        }
        StringBuilder quoted = new StringBuilder("\"");
        cut.codePoints().forEach(character -> {
            if (character == '"' || character == '\\') {
                quoted.append('\\').appendCodePoint(character);
            } else if (isHarmless(character)) {
                quoted.appendCodePoint(character);
            } else {
                quoted.append(String.format("\\u%04x", character));
            }
        });
        return quoted.append('"').toString();
    }

    /** Line feeds are not all that ends a line where a log is read. */
    private static boolean isHarmless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
