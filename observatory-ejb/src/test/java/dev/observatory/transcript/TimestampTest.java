package dev.observatory.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {

    private static final DateTimeFormatter USUAL =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    @Test
    void readsTheUsualFormAsAGeneralParserDoes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long end = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochMilli((long) (random.nextDouble() * end));
            String text = USUAL.format(instant);

            assertThat(Timestamp.parse(text)).as("%s, seed %d", text, seed).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-28T24:00:00.000Z, 2026-03-01T00:00:00Z",
        "2016-12-31T23:59:60.000Z, 2016-12-31T23:59:59Z",
        "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.123456789Z, 2026-01-02T03:04:05.123456789Z",
        "2026-01-02T03:04:05.678+02:00, 2026-01-02T01:04:05.678Z",
        "2026-01-02T03:04:05.678, 2026-01-02T03:04:05.678Z",
    })
    void readsOtherForms(String text, Instant expected) {
        assertThat(Timestamp.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "2026-02-29T00:00:00.000Z",
                "2026-13-01T00:00:00.000Z",
                "2026-01-01T25:00:00.000Z",
                "2026-01-01T00:00:00.00xZ",
                "1969-12-31T23:59:59.999Z",
                "2026-01-01 00:00:00.000Z",
            })
    void takesAnythingElseForNoTime(String text) {
        assertThat(Timestamp.parse(text)).isNull();
    }
}
