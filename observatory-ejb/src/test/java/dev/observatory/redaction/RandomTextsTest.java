package dev.observatory.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayName("Random texts")
class RandomTextsTest {

    private static final int ROUNDS = 4000;

    private static List<String> fragments;

    private final Redactor redactor = Redactor.builtIn();

    /** What the patterns look at, and what may stand between. */
    @BeforeAll
    static void collect() {
        fragments = new ArrayList<>(List.of(
                " ",
                "=",
                ":",
                "\"",
                "'",
                "\\",
                "\\n",
                "\\\"",
                "\n",
                "a",
                "Z",
                "7",
                "-",
                "_",
                ".",
                "/",
                "@",
                "]",
                "{",
                "}",
                "$",
                "<",
                ">",
                "hunter2",
                "example.org",
                "[redacted:",
                "[redacted:email]",
                "{\"a\":\"",
                "\"}",
                "\u00e9",
                "\u2192",
                "\uD83D\uDE00",
                "\uD83D",
                "\\u0041",
                "\\u00",
                "\u0000",
                "-----",
                "KEY-----"));
        PatternFile file = new PatternFile();
        file.readResource();
        file.rules().forEach(rule -> fragments.addAll(rule.literals()));
        Secrets.samples().values().forEach(samples -> {
            for (String sample : samples) {
                fragments.add(Marked.of(sample).text());
                fragments.add(Marked.of(sample).secret());
            }
        });
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(25); i > 0; i--) {
            String fragment = fragments.get(random.nextInt(fragments.size()));
            int from = random.nextInt(5) == 0 ? random.nextInt(fragment.length()) : 0;
            text.append(
                    fragment,
                    from,
                    random.nextInt(5) == 0 ? from + random.nextInt(fragment.length() - from) : fragment.length());
        }
        return text.toString();
    }

    private static Random random() {
        long seed = new Random().nextLong();
        System.out.println("RandomTextsTest: seed " + seed);
        return new Random(seed);
    }

    @RepeatedTest(3)
    @DisplayName("are redacted without fail, and redacting again changes nothing more")
    void texts() {
        Random random = random();
        for (int i = 0; i < ROUNDS; i++) {
            String text = text(random);
            String redacted = redactor.redact(text);
            assertThat(redactor.redact(redacted)).as(text).isSameAs(redacted);
            if (redacted.equals(text)) {
                assertThat(redacted).isSameAs(text);
            }
        }
    }

    @RepeatedTest(3)
    @DisplayName("cut anywhere begin like the whole text redacted, as far as both are known to be the text's own")
    void cuts() {
        Random random = random();
        for (int i = 0; i < ROUNDS; i++) {
            String text = text(random);
            int keep = random.nextInt(text.length() + 1);
            String whole = redactor.redact(text);
            assertThat(whole).as("%s at %d", text, keep).startsWith(redactor.redact(text, keep));
        }
    }

    @RepeatedTest(3)
    @DisplayName("in JSON leave it valid and of the same structure, and redacting again changes nothing more")
    void lines() throws IOException {
        Random random = random();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] line = json(random, 3).getBytes(StandardCharsets.UTF_8);
            byte[] redacted = redactor.redact(line, 0, line.length);
            String was = new String(line, StandardCharsets.UTF_8);
            assertThat(Json.structure(redacted)).as(was).isEqualTo(Json.structure(line));
            assertThat(redactor.redact(redacted, 0, redacted.length)).as(was).isSameAs(redacted);
        }
    }

    private static String json(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> Json.string(text(random));
            case 1 -> Json.string(text(random)).replace("/", "\\/");
            case 2 -> random.nextBoolean() ? Json.escapedString(text(random)) : Json.string(json(random, depth));
            case 3 -> List.of("12", "true", "null", "-1.5E+3").get(random.nextInt(4));
            case 4 -> "[" + json(random, depth - 1) + ", " + json(random, depth - 1) + "]";
            default ->
                "{" + Json.string(text(random)) + (random.nextBoolean() ? ":" : " : ") + json(random, depth - 1)
                        + ",\"password\":" + json(random, depth - 1) + "}";
        };
    }

    @Test
    @DisplayName("that are no JSON, no UTF-8 and no text are redacted without fail")
    void bytes() {
        Random random = new Random(3);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = random.nextBoolean()
                    ? new byte[random.nextInt(100)]
                    : json(random, 2).getBytes(StandardCharsets.UTF_8);
            for (int n = bytes.length == 0 ? 0 : random.nextInt(6); n > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            boolean valid = Json.isValid(bytes);
            int offset = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            assertThat(redactor.redact(bytes, offset, bytes.length - offset)).isNotNull();
            assertThat(Json.isValid(redactor.redact(bytes, 0, bytes.length)) || !valid)
                    .isTrue();
        }
    }
}
