package dev.observatory.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.observatory.fuzz.FuzzRun;
import dev.observatory.fuzz.Mutator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The readers of transcripts, given damaged lines,")
class TranscriptFuzzTest {

    private static final String ENVELOPE =
            "\"parentUuid\":\"p\",\"isSidechain\":false,\"userType\":\"external\",\"cwd\":\"/home/ada/shop\","
                    + "\"sessionId\":\"s\",\"version\":\"2.1.0\",\"gitBranch\":\"main\",\"uuid\":\"u\","
                    + "\"timestamp\":\"2026-01-02T03:04:05.678Z\",";

    private static final List<String> LINES = List.of(
            "{" + ENVELOPE
                    + "\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"na\u00efve \ud83d\ude00\"}}",
            "{" + ENVELOPE + "\"type\":\"user\",\"isMeta\":true,\"message\":{\"role\":\"user\",\"content\":["
                    + "{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"is_error\":true,\"content\":[{\"type\":\"text\","
                    + "\"text\":\"out\"},7]},{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":"
                    + "\"image/png\",\"data\":\"AAAA\"}}]},\"toolUseResult\":{\"a\":[1.5e3,null,true]}}",
            "{" + ENVELOPE
                    + "\"type\":\"assistant\",\"requestId\":\"r\",\"message\":{\"id\":\"m\",\"role\":\"assistant\","
                    + "\"model\":\"claude\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\"},{\"type\":\"text\","
                    + "\"text\":\"\\ud83d\\ude00\"},{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"Bash\",\"input\":"
                    + "{\"command\":\"ls\",\"limit\":5}},{\"type\":\"document\"}],\"usage\":{\"input_tokens\":10,"
                    + "\"output_tokens\":5,\"cache_creation_input_tokens\":3,\"cache_read_input_tokens\":2,"
                    + "\"cache_creation\":{\"ephemeral_1h_input_tokens\":1}}}}",
            "{\"type\":\"summary\",\"summary\":\"Shelves\",\"leafUuid\":\"l\"}",
            "{\"type\":\"custom-title\",\"customTitle\":\"Shelves\",\"sessionId\":\"s\"}",
            "{" + ENVELOPE + "\"type\":\"system\",\"subtype\":\"compact_boundary\",\"content\":\"compacted\","
                    + "\"isCompactSummary\":true,\"agentId\":\"a\"}",
            "{" + ENVELOPE
                    + "\"type\":\"attachment\",\"attachment\":{\"prompt\":[{\"type\":\"text\",\"text\":\"x\"}]}}",
            "{" + ENVELOPE + "\"type\":\"progress\",\"data\":{\"message\":{\"content\":\"again\"}}}");

    private static final int TEXT_LIMIT = 50;

    /** As the parser has it for names; what is longer would stay in memory with its conversation. */
    private static final int NAME_LIMIT = 4096;

    /** What may be left over of all damaged lines together, bytes; one of them alone can have 100,000. */
    private static final long LEFT_OVER = 48L << 20;

    private final TranscriptParser parser = new TranscriptParser(TEXT_LIMIT);
    private final RecordTextReader words = new RecordTextReader(TEXT_LIMIT);
    private final DetailReader details = new DetailReader();
    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    static List<String> lines() {
        return LINES;
    }

    @ParameterizedTest(name = "{displayName}: {index}")
    @DisplayName("read or refuse each whose one value is of another kind, or beyond all measure")
    @MethodSource("lines")
    void replaced(String line) {
        assertThat(parse(bytes(line))).isInstanceOf(TranscriptRecord.class);
        Mutator.replacements(line).forEach(damaged -> check(bytes(damaged)));
    }

    @Test
    @DisplayName("read or refuse each, always in the same way and all of them alike, and keep nothing of it")
    void damaged() throws InterruptedException {
        long before = usedHeap();

        FuzzRun.run("TranscriptFuzzTest", mutator -> mutator.damagedBytes(LINES), this::check);

        assertThat(usedHeap() - before).isLessThan(LEFT_OVER);
    }

    private void check(byte[] line) {
        ParsedLine parsed = parse(line);

        assertThat(parse(line)).isEqualTo(parsed);
        assertThat(amongOthers(line)).isEqualTo(parsed);
        if (!hasFilling(line)) {
            assertThat(new TranscriptParser(TEXT_LIMIT).parse(line, 0, line.length))
                    .isEqualTo(parsed);
        }
        Optional<RecordText> text = words.read(line);
        if (parsed instanceof TranscriptRecord record) {
            checkLimits(record);
            details.read(line).blocks().forEach(this::checkBlock);
            if (!record.isProgress() && text.isPresent()) {
                assertThat(text.get().text()).hasSizeLessThanOrEqualTo(TEXT_LIMIT);
                assertThat(text.get().uuid()).isEqualTo(record.uuid());
                assertThat(text.get().timestamp()).isEqualTo(record.timestamp());
            }
        } else if (((BadLine) parsed).reason() != BadLine.Reason.INVALID_UTF8) {
            // who passes over a text does not see all that is wrong with its bytes
            assertThat(text).isEmpty();
            assertRefusesDetails(line);
        }
    }

    /**
     * Whether it has the byte that Jackson fills up the names with that it remembers, four bytes at a time: {@code mode}, FF,
     * {@code l} is {@code model} to it once it has met that name, and no UTF-8 before.
     */
    private static boolean hasFilling(byte[] line) {
        for (byte each : line) {
            if (each == (byte) 0xff) {
                return true;
            }
        }
        return false;
    }

    private ParsedLine parse(byte[] line) {
        byte[] before = line.clone();
        ParsedLine parsed = parser.parse(line, 0, line.length);
        assertThat(parsed).isNotNull();
        assertThat(line).isEqualTo(before);
        return parsed;
    }

    /** As it stands in a buffer, where what is around it does not count. */
    private ParsedLine amongOthers(byte[] line) {
        byte[] buffer = new byte[line.length + 200];
        Arrays.fill(buffer, (byte) '"');
        System.arraycopy(line, 0, buffer, 100, line.length);
        return parser.parse(buffer, 100, line.length);
    }

    private static void checkLimits(TranscriptRecord record) {
        for (String name : Arrays.asList(
                record.type(),
                record.uuid(),
                record.sessionId(),
                record.cwd(),
                record.agentId(),
                record.message().id(),
                record.message().model())) {
            assertThat(name == null ? 0 : name.length()).isLessThanOrEqualTo(NAME_LIMIT);
        }
        assertThat(record.text().text()).hasSizeLessThanOrEqualTo(TEXT_LIMIT);
        for (ContentBlock block : record.message().content()) {
            if (block instanceof ContentBlock.Text said) {
                assertThat(said.text().text()).hasSizeLessThanOrEqualTo(TEXT_LIMIT);
            }
        }
        TokenUsage usage = record.message().usage();
        if (usage != null) {
            assertThat(List.of(usage.input(), usage.output(), usage.cacheRead(), usage.shortCacheCreation()))
                    .allSatisfy(count -> assertThat(count).isNotNegative());
        }
    }

    /** What is said to be JSON, and is put into answers as it is, has to be one value of it. */
    private void checkBlock(DetailBlock block) {
        if (block instanceof DetailBlock.ToolUse call && call.input() != null) {
            assertJson(call.input());
        } else if (block instanceof DetailBlock.Other other) {
            assertJson(other.json());
        } else if (block instanceof DetailBlock.ToolResult result) {
            result.content().forEach(this::checkBlock);
        }
    }

    private void assertJson(String text) {
        try (JsonParser reading = json.createParser(text)) {
            assertThat(reading.nextToken()).as(text).isNotNull();
            reading.skipChildren();
            assertThat(reading.nextToken()).as(text).isNull();
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    private void assertRefusesDetails(byte[] line) {
        try {
            details.read(line);
        } catch (IllegalArgumentException expected) {
            return;
        }
        throw new AssertionError("the parser refuses it, and the reader of details does not");
    }

    private static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }

    /** After two collections, because the first may only queue what refers to more. */
    private static long usedHeap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
