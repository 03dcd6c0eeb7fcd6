package dev.observatory.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Hostile lines")
class HostileLinesTest {

    private static final String LINE = "{\"type\":\"assistant\",\"uuid\":\"u\",\"timestamp\":\"2026-01-02T03:04:05Z\","
            + "\"message\":{\"id\":\"m\",\"usage\":{\"output_tokens\":12},\"content\":[{\"type\":\"text\",\"text\":"
            + "\"na\u00efve \\ud83d\\ude00 \uD83D\uDE00\"},{\"type\":\"tool_use\",\"input\":{\"command\":\"ls\"}},"
            + "{\"type\":\"tool_result\",\"content\":[{\"text\":\"out\"},7]}]},\"toolUseResult\":{\"a\":[1.5e3,null,true]}}";

    private final TranscriptParser parser = new TranscriptParser(50);

    private ParsedLine parse(byte[] line) {
        ParsedLine parsed = parser.parse(line, 0, line.length);
        assertThat(parsed).isNotNull();
        return parsed;
    }

    private ParsedLine parse(String line) {
        return parse(line.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("Random bytes are refused or read, and never throw")
    void randomBytes() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] line = new byte[random.nextInt(200)];
            random.nextBytes(line);
            parse(line);
            if (line.length > 0) {
                line[0] = '{';
                parse(line);
            }
        }
    }

    @Test
    @DisplayName("A record with random bytes in it is refused or read, and never throws")
    void mutations() {
        Random random = new Random(2);
        byte[] line = LINE.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 50_000; i++) {
            byte[] mutant = line.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            parse(mutant);
        }
    }

    @Test
    @DisplayName("Every torn beginning of a record is refused, also within a character")
    void torn() {
        byte[] line = LINE.getBytes(StandardCharsets.UTF_8);
        assertThat(parse(line)).isInstanceOf(TranscriptRecord.class);
        for (int length = 0; length < line.length; length++) {
            assertThat(parser.parse(line, 0, length)).isInstanceOf(BadLine.class);
        }
    }

    @Test
    @DisplayName("Nesting 10,000 levels deep is refused, wherever it is")
    void deep() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);
        BadLine refusal = new BadLine(BadLine.Reason.BEYOND_LIMITS);
        assertThat(parse("{\"toolUseResult\":" + deep + "}")).isEqualTo(refusal);
        assertThat(parse("{\"message\":{\"content\":" + deep + "}}")).isEqualTo(refusal);
        assertThat(parse("{\"x\":".repeat(10_000) + "1" + "}".repeat(10_000))).isEqualTo(refusal);
    }

    @Test
    @DisplayName("Huge numbers pass, wherever they are")
    void hugeNumbers() {
        String huge = "9".repeat(1_000_000);
        assertThat(parse("{\"x\":" + huge + ",\"y\":-" + huge + "." + huge + "e" + huge + "}"))
                .isInstanceOf(TranscriptRecord.class);
        assertThat(parse("{\"message\":{\"usage\":{\"input_tokens\":" + huge + "}}}"))
                .isInstanceOf(TranscriptRecord.class);
    }

    @Test
    @DisplayName("Fifty thousand different field names do no harm")
    void manyNames() {
        StringBuilder line = new StringBuilder("{\"uuid\":\"u\"");
        for (int i = 0; i < 50_000; i++) {
            line.append(",\"field-").append(Integer.toHexString(i * 7919)).append("\":0");
        }
        assertThat(parse(line.append('}').toString())).isInstanceOf(TranscriptRecord.class);
    }

    @Test
    @DisplayName("A name of a million characters is cut")
    void longNames() {
        TranscriptRecord record = (TranscriptRecord) parse("{\"uuid\":\"" + "u".repeat(1_000_000) + "\"}");
        assertThat(record.uuid()).hasSizeLessThan(5000);
    }
}
