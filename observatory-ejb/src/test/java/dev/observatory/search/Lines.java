package dev.observatory.search;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Lines of transcripts as Claude Code writes them. */
final class Lines {

    static final Instant TIME = Instant.parse("2025-03-01T12:00:00Z");

    private Lines() {}

    static String prompt(String uuid, String text) {
        return prompt(uuid, TIME, text);
    }

    static String prompt(String uuid, Instant at, String text) {
        return record(uuid, at, "user", quoted(text));
    }

    static String answer(String uuid, String text) {
        return record(uuid, TIME, "assistant", "[{\"type\":\"text\",\"text\":" + quoted(text) + "}]");
    }

    /** A message with this content, JSON. */
    static String record(String uuid, Instant at, String type, String content) {
        return "{\"type\":\"" + type + "\",\"uuid\":" + quoted(uuid) + ",\"timestamp\":\"" + at
                + "\",\"message\":{\"role\":\"" + type + "\",\"content\":" + content + "}}";
    }

    static String quoted(String text) {
        return text.codePoints()
                .mapToObj(c -> c == '"' || c == '\\' || c < ' ' || c >= 0xd800 && c < 0xe000
                        ? String.format("\\u%04x", c)
                        : Character.toString(c))
                .collect(Collectors.joining("", "\"", "\""));
    }

    static String blocks(String... blocks) {
        return Arrays.stream(blocks).collect(Collectors.joining(",", "[", "]"));
    }
}
