package dev.observatory.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.message.GpuStats;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The answer of nvidia-smi")
class CsvAnswerTest {

    private static final long MIB = 1 << 20;
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @Test
    @DisplayName("has a line for each GPU, memory in MiB")
    void reads() {
        assertThat(CsvAnswer.read("1, NVIDIA L4, 0, 0, 23034, 30\r\n\n0, NVIDIA H200, 100, 143771, 143771, 41"))
                .isEqualTo(new CsvAnswer(
                        List.of(
                                new GpuReading(0, "NVIDIA H200", 100, 143771 * MIB, 143771 * MIB, 41),
                                new GpuReading(1, "NVIDIA L4", 0, 0L, 23034 * MIB, 30)),
                        0));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("has names with whatever the maker likes")
    @ValueSource(
            strings = {
                "NVIDIA H200, 141 GB, MIG 1g.18gb",
                "A,B",
                ",",
                ",,,,,",
                "7",
                "1, 2, 3, 4",
                "\"A\"",
                "a\\b<script>",
                "Gr\u00e4f \ud83d\ude00",
            })
    void readsNames(String name) {
        assertThat(CsvAnswer.read("0, " + name + ", 1, 2, 3, 4"))
                .isEqualTo(new CsvAnswer(List.of(new GpuReading(0, name, 1, 2 * MIB, 3 * MIB, 4)), 0));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("leaves out what is not known")
    @ValueSource(strings = {"[N/A]", "N/A", "[Not Supported]", "[Unknown Error]", "[GPU requires reset]", "[]"})
    void readsAbsentValues(String absent) {
        String line = "2, A, " + String.join(", ", absent, absent, absent, absent);

        assertThat(CsvAnswer.read(line).gpus()).containsExactly(new GpuReading(2, "A", null, null, null, null));
        assertThat(CsvAnswer.read("2, " + absent + ", 1, 2, 3, 4").gpus())
                .extracting(GpuReading::name)
                .containsOnlyNulls();
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("leaves out what cannot be")
    @CsvSource(
            delimiter = '|',
            value = {
                "0, A, 101, 1, 2, 3         |     | 1 | 2 | 3",
                "0, A, -1, 1, 2, 3          |     | 1 | 2 | 3",
                "0, A, 999999999, 1, 2, 3   |     | 1 | 2 | 3",
                "0, A, 100, -1, 2, 3        | 100 |   | 2 | 3",
                "0, A, 100, 3, 2, 3         | 100 |   |   | 3",
                "0, A, 100, 0, 0, 3         | 100 | 0 |   | 3",
                "0, A, 100, 1, -2, 3        | 100 | 1 |   | 3",
                "0, A, 100, 1, 2, 151       | 100 | 1 | 2 |",
                "0, A, 100, 1, 2, -51       | 100 | 1 | 2 |",
                "0, A, 0, 2, 2, -50         | 0   | 2 | 2 | -50",
                "0, A, 0, 2, 999999999, 150 | 0   | 2 | 999999999 | 150",
            })
    void leavesOutWhatCannotBe(String line, Integer utilization, Long used, Long total, Integer temperature) {
        assertThat(CsvAnswer.read(line))
                .isEqualTo(new CsvAnswer(
                        List.of(new GpuReading(0, "A", utilization, bytes(used), bytes(total), temperature)), 0));
    }

    private static Long bytes(Long mib) {
        return mib == null ? null : Long.valueOf(mib * MIB);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("counts lines of another form, and reads the others")
    @ValueSource(
            strings = {
                "No such thing",
                "index, name, utilization.gpu [%], memory.used [MiB], memory.total [MiB], temperature.gpu",
                "1, A, 1, 2, 3",
                "1, 1, 2, 3",
                ",,,,,",
                "1, A, 1 %, 2, 3, 4",
                "1, A, 1, 2 MiB, 3 MiB, 4",
                "1, A, 1, 2, 3, 4,",
                "1, A, 1, 2, 3, ERR!",
                "1, A, , 2, 3, 4",
                "1, A, 1.5, 2, 3, 4",
                "1, A, 1e1, 2, 3, 4",
                "1, A, +1, 2, 3, 4",
                "1, A, 1, 2, 12345678901234567890, 4",
                "1, A, \u0661, 2, 3, 4",
                "1, A, [1, 2, 3, 4",
                "1, A\u0007, 1, 2, 3, 4",
                "1, A\u0000, 1, 2, 3, 4",
                "-1, A, 1, 2, 3, 4",
                "256, A, 1, 2, 3, 4",
                "1000, A, 1, 2, 3, 4",
                "one, A, 1, 2, 3, 4",
                "[N/A], A, 1, 2, 3, 4",
                "0, again, 1, 2, 3, 4",
            })
    void countsOtherLines(String line) {
        assertThat(CsvAnswer.read("0, A, 1, 2, 3, 4\n" + line + "\n9, B, 1, 2, 3, 4\n"))
                .isEqualTo(new CsvAnswer(
                        List.of(
                                new GpuReading(0, "A", 1, 2 * MIB, 3 * MIB, 4),
                                new GpuReading(9, "B", 1, 2 * MIB, 3 * MIB, 4)),
                        1));
    }

    @Test
    @DisplayName("has no name longer than the driver's")
    void boundsNames() {
        assertThat(CsvAnswer.read("0, " + "x".repeat(96) + ", 1, 2, 3, 4").unreadableLines())
                .isZero();
        assertThat(CsvAnswer.read("0, " + "x".repeat(97) + ", 1, 2, 3, 4").unreadableLines())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @DisplayName("may be empty")
    @ValueSource(strings = {"", "\n", " \n\t\r\n"})
    void readsNothing(String text) {
        assertThat(CsvAnswer.read(text)).isEqualTo(new CsvAnswer(List.of(), 0));
    }

    @ParameterizedTest(name = "{displayName}: seed {0}")
    @DisplayName("is read whatever it is, and gives no value that cannot be")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void readsGarbage(long seed) {
        Random random = new Random(seed);
        int readable = 0;
        int unreadable = 0;
        for (int round = 0; round < 2000; round++) {
            int lines = random.nextInt(6);
            String text =
                    IntStream.range(0, lines).mapToObj(line -> line(random)).collect(Collectors.joining("\n"));

            CsvAnswer answer = CsvAnswer.read(text);

            assertThat(answer.gpus()).as(text).allSatisfy(CsvAnswerTest::isPossible);
            assertThat(answer.gpus())
                    .as(text)
                    .extracting(GpuReading::index)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(answer.gpus().size() + answer.unreadableLines()).as(text).isEqualTo((int)
                    text.lines().filter(line -> !line.isBlank()).count());
            readable += answer.gpus().size();
            unreadable += answer.unreadableLines();
        }
        assertThat(readable).isGreaterThan(100);
        assertThat(unreadable).isGreaterThan(100);
    }

    private static void isPossible(GpuReading gpu) {
        // which refuses what is out of its range
        GpuStats stats = gpu.at(NOON, null);
        assertThat(stats.gpuIndex()).isBetween(0, 255);
        if (stats.gpuUtilization() != null) {
            assertThat(stats.gpuUtilization()).isBetween(0, 100);
        }
        if (stats.memoryTotal() != null) {
            assertThat(stats.memoryTotal()).isPositive();
        }
        if (stats.memoryUsed() != null) {
            assertThat(stats.memoryUsed())
                    .isBetween(0L, stats.memoryTotal() == null ? Long.MAX_VALUE : stats.memoryTotal());
        }
        if (stats.temperature() != null) {
            assertThat(stats.temperature()).isBetween(-50, 150);
        }
    }

    /** Something between a good line and none at all. */
    private static String line(Random random) {
        int columns = random.nextInt(4) == 0 ? random.nextInt(12) : 6;
        StringBuilder line = new StringBuilder(IntStream.range(0, columns)
                .mapToObj(column -> column(random))
                .collect(Collectors.joining(random.nextBoolean() ? ", " : ",")));
        while (random.nextInt(4) == 0) {
            line.insert(random.nextInt(line.length() + 1), character(random));
        }
        return line.toString();
    }

    private static String column(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> "[N/A]";
            case 1 -> Long.toString(random.nextLong());
            case 2 -> Integer.toString(random.nextInt());
            case 3 ->
                random.ints(random.nextInt(5), 0x20, 0x250)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
            default -> Integer.toString(random.nextInt(300) - 20);
        };
    }

    /** Any character but those that end a line: then nobody could say how many there are. */
    private static String character(Random random) {
        String character = Character.toString(random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
        return character.equals("\n") || character.equals("\r") ? "" : character;
    }
}
