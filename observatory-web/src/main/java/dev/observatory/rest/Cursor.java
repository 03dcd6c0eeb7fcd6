package dev.observatory.rest;

import dev.observatory.rest.ConversationOrder.Place;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.function.BiFunction;

/** A place in an order as clients carry it from page to page: opaque to them, and never trusted when it comes back. */
final class Cursor {

    private static final String SEPARATOR = "\n";

    private Cursor() {}

    static String of(Place place) {
        String text = place.id() + SEPARATOR + place.key();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Place parse(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int end = text.indexOf(SEPARATOR);
            if (end >= 0) {
                return new Place(text.substring(end + 1), text.substring(0, end));
            }
        } catch (IllegalArgumentException notBase64) {
            // answered below, like every other text that is no cursor
        }
        throw unknown();
    }

    /** A place in an order by time. */
    static Place timed(Instant time, String id) {
        return new Place(time.toString(), id);
    }

    /** Reads a place in an order by time. */
    static <M> M parseTimed(String cursor, BiFunction<Instant, String, M> mark) {
        Place place = parse(cursor);
        try {
            return mark.apply(Instant.parse(place.key()), place.id());
        } catch (DateTimeParseException e) {
            throw unknown();
        }
    }

    private static InvalidParameterException unknown() {
        return new InvalidParameterException("cursor", "cursor is none that was given out as next_cursor");
    }
}
