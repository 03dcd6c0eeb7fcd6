package dev.observatory.rest;

import dev.observatory.conversation.LineMark;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place among kept lines as clients carry it from page to page: opaque to them, and never trusted. */
final class RecordCursor {

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\.(\\d{1,9})");

    private RecordCursor() {}

    static String of(LineMark mark) {
        String text = mark.segment() + "." + mark.index();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    static LineMark parse(String cursor) {
        try {
            Matcher form = FORM.matcher(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
            if (form.matches()) {
                return new LineMark(Long.parseLong(form.group(1)), Integer.parseInt(form.group(2)));
            }
        } catch (IllegalArgumentException notBase64) {
            // answered below, like every other text that is no cursor
        }
        throw new InvalidParameterException("cursor", "cursor is none that was given out as next_cursor");
    }
}
