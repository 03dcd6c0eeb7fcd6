package dev.observatory.transcript;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** How a record's time is understood. */
final class Timestamp {

    /** Times outside are nonsense, and not all that reads them later can write such years. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Timestamp() {}

    /**
     * ISO 8601 with any number of decimals, {@code Z} or an offset; without either, UTC.
     *
     * @return null where the text is null or anything else, or not within the years 1970 to 9999
     */
    static Instant parse(String text) {
        Instant instant = text == null ? null : parseAny(text);
        return instant == null || instant.isBefore(EARLIEST) || instant.isAfter(LATEST) ? null : instant;
    }

    private static Instant parseAny(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return parseWithoutZone(text);
        }
    }

    private static Instant parseWithoutZone(String text) {
        try {
            return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
