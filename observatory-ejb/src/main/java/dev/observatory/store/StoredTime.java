package dev.observatory.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * How a time is written to a column: cut to microseconds, which is what PostgreSQL holds, and to the years 1 to 9999. A
 * file's time can be anything, and one that no column takes must not keep its lines from being kept.
 */
final class StoredTime {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);
    private static final int NANOS_IN_A_MICROSECOND = 1000;

    private StoredTime() {}

    /** Null stays null. */
    static OffsetDateTime of(Instant time) {
        return time == null ? null : within(time).truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    /** What {@link #of} cuts off, nanoseconds. */
    static int nanosOf(Instant time) {
        return time == null ? 0 : within(time).getNano() % NANOS_IN_A_MICROSECOND;
    }

    /** Null stays null. */
    static LocalDate dayOf(LocalDate day) {
        if (day == null) {
            return null;
        }
        return day.getYear() < 1 ? FIRST_DAY : day.getYear() > 9999 ? LAST_DAY : day;
    }

    static Instant read(ResultSet row, String column) throws SQLException {
        OffsetDateTime stored = row.getObject(column, OffsetDateTime.class);
        return stored == null ? null : stored.toInstant();
    }

    private static Instant within(Instant time) {
        return time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
    }
}
