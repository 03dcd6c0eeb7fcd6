package dev.observatory.transcript;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** How a record's time is understood. */
final class Timestamp {

    /** Times outside are nonsense, and not all that reads them later can write such years. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** Each 0 stands for a digit. */
    private static final String USUAL = "0000-00-00T00:00:00.000Z";

    private static final long SECONDS_OF_A_DAY = 86_400;

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
        if (isUsual(text)) {
            return parseUsual(text);
        }
        return parseGeneral(text);
    }

    private static Instant parseGeneral(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return parseWithoutZone(text);
        }
    }

    /** Whether it has the one form that Claude Code writes, whose reading by a general parser would cost too much. */
    private static boolean isUsual(String text) {
        if (text.length() != USUAL.length()) {
            return false;
        }
        for (int i = 0; i < USUAL.length(); i++) {
            char expected = USUAL.charAt(i);
            char c = text.charAt(i);
            if (expected == '0' ? c < '0' || c > '9' : c != expected) {
                return false;
            }
        }
        return true;
    }

    private static Instant parseUsual(String text) {
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        try {
            long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                    .toEpochDay();
            LocalTime time = LocalTime.of(hour, minute, second, number(text, 20, 23) * 1_000_000);
            return Instant.ofEpochSecond(day * SECONDS_OF_A_DAY + time.toSecondOfDay(), time.getNano());
        } catch (DateTimeException e) {
            // the end of a day as 24:00, a leap second, or nonsense
            return parseGeneral(text);
        }
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }

    private static Instant parseWithoutZone(String text) {
        try {
            return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
