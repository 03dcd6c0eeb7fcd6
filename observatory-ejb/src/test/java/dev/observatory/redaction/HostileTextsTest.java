package dev.observatory.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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

    /**
     * How many times the time of an ordinary text a hostile one of the same size may take, generously: about 400 was
     * measured, where quadratic time would be 100,000 and more.
     */
    private static final int FACTOR = 1000;

    private static final String PROSE =
            "The quick brown fox jumps over the lazy dog; then it runs away, and 42 others follow.\n";

    private final Redactor redactor = Redactor.builtIn();

    private record Timed(String unit, long nanos) {}

    @Test
    @DisplayName("of a megabyte take no more than a fixed multiple of an ordinary text's time, in strings and in JSON")
    void time() {
        List<Timed> timed = new ArrayList<>(units().map(unit -> new Timed(unit, best(text(unit, SMALL), 2)))
                .toList());
        timed.sort(Comparator.comparingLong(Timed::nanos).reversed());
        long ordinary = best(text(PROSE, LARGE), 20);
        long worst = 0;
        for (Timed hostile : timed.subList(0, WORST)) {
            String text = text(hostile.unit(), LARGE);
            long nanos = Math.max(best(text, 2), bestLine(text, 2));
            assertThat(nanos / ordinary).as(hostile.unit()).isLessThan(FACTOR);
            worst = Math.max(worst, nanos);
        }
        System.out.printf(
                "HostileTextsTest: ordinary text %d MB/s, the worst of %d hostile ones takes %d times as long%n",
                LARGE * 1000L / ordinary, timed.size(), worst / ordinary);
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

    private long best(String text, int rounds) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            redactor.redact(text);
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    private long bestLine(String text, int rounds) {
        byte[] line = Json.string(text).getBytes(StandardCharsets.UTF_8);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            redactor.redact(line, 0, line.length);
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
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
