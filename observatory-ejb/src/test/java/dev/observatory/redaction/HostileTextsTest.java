package dev.observatory.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Hostile texts")
class HostileTextsTest {

    private static final int SMALL = 8 << 10;
    private static final int LARGE = 1 << 20;

    /** So many of the worst small texts are tried again as large ones. */
    private static final int WORST = 6;

    /** What a megabyte may take, generously: 0.6 s was measured, and quadratic time would take minutes. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Redactor redactor = Redactor.builtIn();

    private record Timed(String unit, long nanos) {}

    @Test
    @DisplayName("of a megabyte are done in no more than linear time, in strings and in JSON")
    void time() {
        List<Timed> timed = new ArrayList<>(units().map(unit -> new Timed(unit, time(text(unit, SMALL))))
                .toList());
        timed.sort(Comparator.comparingLong(Timed::nanos).reversed());
        for (Timed hostile : timed.subList(0, WORST)) {
            String text = text(hostile.unit(), LARGE);
            assertThat(Duration.ofNanos(time(text))).as(hostile.unit()).isLessThan(PATIENCE);
            assertThat(Duration.ofNanos(timeOfLine(text))).as(hostile.unit()).isLessThan(PATIENCE);
        }
    }

    /** What a hostile text repeats: every literal with all that patterns go on with, and with all that they run along. */
    private static Stream<String> units() {
        PatternFile file = new PatternFile();
        file.readResource();
        List<String> literals = file.rules().stream()
                .flatMap(rule -> rule.literals().stream())
                .distinct()
                .toList();
        List<String> before = List.of("", " ", "=", "aaaaaaaaaaaaaaaa", "://", "--", "user ");
        List<String> after = List.of(
                "",
                " ",
                "=",
                ":",
                "=\"",
                "=\\\"",
                ":a=",
                "=a",
                " a",
                "\"\"\"\"",
                "\\\\\\\\",
                "a1A.".repeat(60),
                "aA1".repeat(80),
                " ".repeat(200),
                "- ".repeat(100),
                ".a".repeat(100),
                "\\n".repeat(100),
                "x:".repeat(100));
        return literals.stream()
                .flatMap(literal -> Stream.concat(
                        before.stream().map(prefix -> prefix + literal),
                        after.stream().map(suffix -> literal + suffix)));
    }

    private static String text(String unit, int length) {
        return unit.repeat(length / unit.length() + 1).substring(0, length);
    }

    private long time(String text) {
        long start = System.nanoTime();
        redactor.redact(text);
        return System.nanoTime() - start;
    }

    private long timeOfLine(String text) {
        byte[] line = Json.string(text).getBytes(StandardCharsets.UTF_8);
        long start = System.nanoTime();
        redactor.redact(line, 0, line.length);
        return System.nanoTime() - start;
    }

    @Test
    @DisplayName("of a single run of a megabyte take no stack")
    void runs() {
        for (String run : List.of(
                "a",
                "A1",
                "/",
                "\\",
                "\"",
                "\\\"",
                "-",
                " ",
                "=",
                "@",
                "\n",
                "\u2192",
                "{\"a\":",
                "aB3/\n".repeat(13))) {
            for (String start : List.of(
                    "", "password=", "password=\"", "token: 1", Secrets.truncatedKey("\n"), Secrets.JWT, "://a:")) {
                String text = start + run.repeat(LARGE / run.length());
                String redacted = redactor.redact(text);
                assertThat(redactor.redact(redacted)).isEqualTo(redacted);
            }
        }
    }
}
