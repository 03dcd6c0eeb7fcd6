package dev.observatory.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.protocol.Command;
import dev.observatory.protocol.Command.History;
import dev.observatory.protocol.Command.Ping;
import dev.observatory.protocol.Command.Status;
import dev.observatory.protocol.Command.Subscribe;
import dev.observatory.protocol.Command.Unsubscribe;
import dev.observatory.protocol.CommandRefusal;
import dev.observatory.protocol.ErrorCode;
import dev.observatory.protocol.Reading;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The reader of commands")
class CommandReaderTest {

    private final CommandReader reader = new CommandReader();

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of(
                        "{\"type\":\"subscribe\",\"id\":1,\"data\":{\"channels\":[\"a\",\"b\"]}}",
                        new Subscribe("1", List.of("a", "b"), Map.of())),
                Arguments.of(
                        "{\"data\":{\"more\":{\"channels\":1},\"channels\":[\"a\"]},\"type\":\"unsubscribe\"}",
                        new Unsubscribe(null, List.of("a"))),
                Arguments.of(
                        "{\"type\":\"history\",\"id\":\"h\",\"data\":{\"channel\":\"alerts\"}}",
                        new History("\"h\"", "alerts", 0, 1000)),
                Arguments.of(
                        "{\"type\":\"history\",\"data\":{\"channel\":\"alerts\",\"after_seq\":9223372036854775807,"
                                + "\"limit\":0}}",
                        new History(null, "alerts", Long.MAX_VALUE, 0)),
                Arguments.of(
                        "{\"type\":\"history\",\"data\":{\"limit\":1000,\"after_seq\":7,\"channel\":\"alerts\"}}",
                        new History(null, "alerts", 7, 1000)),
                Arguments.of("{\"type\":\"ping\"}", new Ping(null, null)),
                Arguments.of("{\"type\":\"ping\",\"data\":null}", new Ping(null, "null")),
                Arguments.of(" \r\n\t{ \"type\" : \"ping\" , \"id\" : 5 } \n", new Ping("5", null)),
                Arguments.of("{\"type\":\"status\",\"id\":2}", new Status("2")),
                Arguments.of("{\"type\":\"status\",\"data\":[1],\"unknown\":{\"type\":[{}]}}", new Status(null)),
                Arguments.of("{\"ty\\u0070e\":\"st\\u0061tus\"}", new Status(null)));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("reads commands, whatever the order of their fields and whatever else they hold")
    @MethodSource("commands")
    void readsCommands(String text, Command command) {
        assertThat(reader.read(text)).isEqualTo(command);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("refuses with a code and the field that is wrong")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                                        | BAD_JSON      |",
                "` `                                                       | BAD_JSON      |",
                "hello                                                     | BAD_JSON      |",
                "null                                                      | BAD_JSON      |",
                "1                                                         | BAD_JSON      |",
                "\"ping\"                                                  | BAD_JSON      |",
                "[]                                                        | BAD_JSON      |",
                "[{\"type\":\"ping\"}]                                     | BAD_JSON      |",
                "{                                                         | BAD_JSON      |",
                "{\"type\":\"ping\"                                        | BAD_JSON      |",
                "{\"type\":\"ping\"}}                                      | BAD_JSON      |",
                "{\"type\":\"ping\"} x                                     | BAD_JSON      |",
                "{\"type\":\"ping\"}{\"type\":\"ping\"}                    | BAD_JSON      |",
                "{\"type\":\"ping\",}                                      | BAD_JSON      |",
                "{'type':'ping'}                                           | BAD_JSON      |",
                "{type:\"ping\"}                                           | BAD_JSON      |",
                "{\"type\":\"ping\",\"data\":NaN}                          | BAD_JSON      |",
                "{\"type\":\"ping\",\"data\":01}                           | BAD_JSON      |",
                "{\"type\":\"ping\",\"data\":+1}                           | BAD_JSON      |",
                "{\"type\":\"ping\",\"data\":.5}                           | BAD_JSON      |",
                "{\"type\":\"ping\",\"data\":\"\\x\"}                      | BAD_JSON      |",
                "{\"type\":\"ping\",\"data\":\"\t\"}                       | BAD_JSON      |",
                "{\"type\":\"ping\"/**/}                                   | BAD_JSON      |",
                "{\"type\":\"ping\",\"type\":\"ping\"}                     | BAD_JSON      |",
                "{\"type\":\"ping\",\"data\":{\"a\":1,\"\\u0061\":2}}      | BAD_JSON      |",
                "{}                                                        | MISSING_FIELD | type",
                "{\"Type\":\"ping\"}                                       | MISSING_FIELD | type",
                "{\"type\":null}                                           | INVALID_FIELD | type",
                "{\"type\":1}                                              | INVALID_FIELD | type",
                "{\"type\":{\"type\":\"ping\"}}                            | INVALID_FIELD | type",
                "{\"type\":[\"ping\"]}                                     | INVALID_FIELD | type",
                "{\"type\":\"\"}                                           | UNKNOWN_TYPE  | type",
                "{\"type\":\"PING\"}                                       | UNKNOWN_TYPE  | type",
                "{\"type\":\"drop\"}                                       | UNKNOWN_TYPE  | type",
                "{\"type\":\"ping\",\"id\":null}                           | INVALID_FIELD | id",
                "{\"type\":\"ping\",\"id\":true}                           | INVALID_FIELD | id",
                "{\"type\":\"ping\",\"id\":{\"id\":1}}                     | INVALID_FIELD | id",
                "{\"type\":\"ping\",\"id\":[1]}                            | INVALID_FIELD | id",
                "{\"type\":\"subscribe\"}                                  | MISSING_FIELD | data",
                "{\"type\":\"subscribe\",\"data\":null}                    | INVALID_FIELD | data",
                "{\"type\":\"subscribe\",\"data\":[\"a\"]}                 | INVALID_FIELD | data",
                "{\"type\":\"subscribe\",\"data\":\"a\"}                   | INVALID_FIELD | data",
                "{\"type\":\"subscribe\",\"data\":{}}                      | MISSING_FIELD | data.channels",
                "{\"type\":\"subscribe\",\"channels\":[\"a\"],\"data\":{}} | MISSING_FIELD | data.channels",
                "{\"type\":\"subscribe\",\"data\":{\"channels\":[]}}       | INVALID_FIELD | data.channels",
                "{\"type\":\"subscribe\",\"data\":{\"channels\":\"a\"}}    | INVALID_FIELD | data.channels",
                "{\"type\":\"subscribe\",\"data\":{\"channels\":null}}     | INVALID_FIELD | data.channels",
                "{\"type\":\"subscribe\",\"data\":{\"channels\":{}}}       | INVALID_FIELD | data.channels",
                "{\"type\":\"subscribe\",\"data\":{\"channels\":[1]}}      | INVALID_FIELD | data.channels",
                "{\"type\":\"subscribe\",\"data\":{\"channels\":[null]}}   | INVALID_FIELD | data.channels",
                "{\"type\":\"subscribe\",\"data\":{\"channels\":[[\"a\"]]}} | INVALID_FIELD | data.channels",
                "{\"type\":\"unsubscribe\",\"data\":{}}                    | MISSING_FIELD | data.channels",
                "{\"type\":\"history\"}                                    | MISSING_FIELD | data",
                "{\"type\":\"history\",\"data\":{}}                        | MISSING_FIELD | data.channel",
                "{\"type\":\"history\",\"data\":{\"channel\":[\"a\"]}}     | INVALID_FIELD | data.channel",
                "{\"type\":\"history\",\"data\":{\"after_seq\":-1}}        | INVALID_FIELD | data.after_seq",
                "{\"type\":\"history\",\"data\":{\"after_seq\":1.0}}       | INVALID_FIELD | data.after_seq",
                "{\"type\":\"history\",\"data\":{\"after_seq\":1e2}}       | INVALID_FIELD | data.after_seq",
                "{\"type\":\"history\",\"data\":{\"after_seq\":\"1\"}}     | INVALID_FIELD | data.after_seq",
                "{\"type\":\"history\",\"data\":{\"after_seq\":null}}      | INVALID_FIELD | data.after_seq",
                "{\"type\":\"history\",\"data\":{\"after_seq\":{}}}        | INVALID_FIELD | data.after_seq",
                "{\"type\":\"history\",\"data\":{\"after_seq\":9223372036854775808}} | INVALID_FIELD | data.after_seq",
                "{\"type\":\"history\",\"data\":{\"limit\":1001}}          | INVALID_FIELD | data.limit",
                "{\"type\":\"history\",\"data\":{\"limit\":-1}}            | INVALID_FIELD | data.limit",
            })
    void refuses(String text, ErrorCode code, String field) {
        Reading reading = reader.read(text);

        assertThat(reading).isInstanceOfSatisfying(CommandRefusal.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.field()).isEqualTo(field);
            assertThat(refusal.message()).isNotBlank();
        });
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("names the refused command by its id, also where the id stands behind what is wrong")
    @ValueSource(
            strings = {
                "{\"id\":7}",
                "{\"type\":1,\"id\":7}",
                "{\"id\":7,\"type\":1}",
                "{\"type\":[{\"id\":8}],\"id\":7}",
                "{\"type\":\"drop\",\"id\":7}",
                "{\"type\":\"subscribe\",\"id\":7}",
                "{\"data\":{\"channels\":[1]},\"type\":\"subscribe\",\"id\":7}",
                "{\"type\":\"history\",\"data\":{\"limit\":-1},\"id\":7}",
                "{\"type\":\"ping\",\"id\":7",
                "{\"id\":7,\"data\":{\"a\":1,\"a\":2}}",
                "{\"type\":\"ping\",\"id\":7} {}",
                "{\"type\":\"ping\",\"id\":7} x",
                "{\"id\":7,\"data\":nonsense}",
            })
    void keepsTheId(String text) {
        assertThat(reader.read(text))
                .isInstanceOfSatisfying(
                        CommandRefusal.class,
                        refusal -> assertThat(refusal.id()).isEqualTo("7"));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("keeps an id to the letter, a number or a string")
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1",
                "1.10",
                "1e2",
                "12345678901234567890123456789",
                "\"\"",
                "\"a\"",
                "\"\\u0041\\n\\\"\"",
                "\" \ud83d\ude00 \"",
            })
    void keepsIdsToTheLetter(String id) {
        assertThat(reader.read("{\"type\":\"status\",\"id\": " + id + " }")).isEqualTo(new Status(id));
        assertThat(reader.read("{\"id\":" + id + ",\"type\":\"status\"}")).isEqualTo(new Status(id));
    }

    @Test
    @DisplayName("takes an id of at most 200 characters")
    void boundsIds() {
        String longest = "\"" + "a".repeat(198) + "\"";

        assertThat(reader.read(status(longest))).isEqualTo(new Status(longest));
        assertRefused(reader.read(status("\"a" + longest.substring(1))), ErrorCode.INVALID_FIELD, "id");
        assertRefused(reader.read(status("1".repeat(201))), ErrorCode.INVALID_FIELD, "id");
    }

    @Test
    @DisplayName("takes at most 1000 names of channels")
    void boundsNames() {
        String names = "\"a\"" + ",\"a\"".repeat(999);

        assertThat(reader.read("{\"type\":\"subscribe\",\"data\":{\"channels\":[" + names + "]}}"))
                .isInstanceOf(Subscribe.class);
        assertRefused(
                reader.read("{\"type\":\"subscribe\",\"data\":{\"channels\":[" + names + ",1]}}"),
                ErrorCode.INVALID_FIELD,
                "data.channels");
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("keeps the data of a ping to the letter")
    @ValueSource(
            strings = {
                "null",
                "true",
                "0",
                "-0",
                "1e2",
                "1E+2",
                "1.10",
                "-0.0",
                "123456789012345678901234567890.123456789012345678901234567890",
                "\"\"",
                "\"\\u0000\\ud83d\\/\\\\\"",
                "\"\u00e4\u2028\ud83d\ude00\"",
                "\"]}\"",
                "[]",
                "{}",
                "[ 1 ,\t2 ]",
                "{\"b\":1,\"a\":{\"c\":[null,{\"d\":\"}\"}]}}",
                "{\"type\":\"status\",\"id\":9}",
            })
    void keepsDataToTheLetter(String data) {
        assertThat(reader.read("{\"type\":\"ping\",\"data\":" + data + "}")).isEqualTo(new Ping(null, data));
        assertThat(reader.read("{\"data\" :  " + data + "  , \"type\":\"ping\",\"id\":1}"))
                .isEqualTo(new Ping("1", data));
    }

    @Test
    @DisplayName("makes blanks of line feeds between the parts of data, because a frame is one line")
    void makesBlanksOfLineFeeds() {
        assertThat(reader.read("{\"type\":\"ping\",\"data\":\n[1,\r\n\t2,\"\\n\"\n]\n}"))
                .isEqualTo(new Ping(null, "[1,  \t2,\"\\n\" ]"));
    }

    @ParameterizedTest(name = "{displayName}: {0} characters before it")
    @DisplayName("keeps data to the letter wherever it stands in a long command")
    @ValueSource(ints = {0, 1, 3_990, 4_000, 7_999, 32_700, 32_768, 60_000})
    void keepsDataOfLongCommands(int before) {
        Random random = new Random(before);
        for (int i = 0; i < 50; i++) {
            String pad = "p".repeat(before + random.nextInt(40));
            String data = value(random, 4);

            Reading reading = reader.read("{\"pad\":\"" + pad + "\",\"id\":1.50,\"data\":" + data
                    + ",\"type\":\"ping\",\"more\":\"" + pad + "\"}");

            assertThat(reading).isEqualTo(new Ping("1.50", data));
        }
    }

    @Test
    @DisplayName("keeps long data of every kind to the letter")
    void keepsLongData() {
        String text = "\"" + "\u00e4\\n\ud83d\ude00x".repeat(12_000) + "\"";
        String list = "[" + "1.0, ".repeat(12_000) + "\"\"]";
        String number = "1".repeat(1_000);
        for (String data : List.of(text, list, number)) {
            assertThat(reader.read("{\"type\":\"ping\",\"data\": " + data + " }"))
                    .isEqualTo(new Ping(null, data));
        }
    }

    @ParameterizedTest(name = "{displayName}: {index}")
    @DisplayName("refuses what goes beyond the parser's own limits, and keeps the id")
    @MethodSource("excesses")
    void refusesExcesses(String value) {
        Reading reading = reader.read("{\"id\":7,\"type\":\"ping\",\"data\":" + value + "}");

        assertThat(reading).isInstanceOfSatisfying(CommandRefusal.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_JSON);
            assertThat(refusal.id()).isEqualTo("7");
        });
    }

    static Stream<String> excesses() {
        return Stream.of(
                "[".repeat(101) + "]".repeat(101),
                "[".repeat(10_000) + "]".repeat(10_000),
                "[".repeat(10_000),
                "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
                "{\"a\":".repeat(10_000),
                "1".repeat(1_001),
                "1".repeat(60_000),
                "-1." + "1".repeat(1_001),
                "{\"" + "a".repeat(60_000) + "\":1}");
    }

    @Test
    @DisplayName("refuses a number of a thousand digits where a number is needed")
    void refusesHugeNumbers() {
        assertRefused(
                reader.read("{\"type\":\"history\",\"data\":{\"after_seq\":" + "9".repeat(1_000) + "}}"),
                ErrorCode.INVALID_FIELD,
                "data.after_seq");
    }

    @Test
    @DisplayName("does not echo all of a type that is as long as a command may be")
    void shortensUnknownTypes() {
        Reading reading = reader.read("{\"type\":\"" + "x".repeat(60_000) + "\"}");

        assertThat(reading)
                .isInstanceOfSatisfying(
                        CommandRefusal.class,
                        refusal -> assertThat(refusal.message())
                                .hasSizeLessThan(300)
                                .contains("xxx…"));
    }

    @ParameterizedTest(name = "{displayName}: {index}")
    @DisplayName("says in few words what goes beyond its limits, and nothing of the parser")
    @MethodSource("excesses")
    void isBriefAboutExcesses(String value) {
        Reading reading = reader.read("{\"id\":7,\"type\":\"ping\",\"data\":" + value + "}");

        assertThat(reading)
                .isInstanceOfSatisfying(
                        CommandRefusal.class,
                        refusal -> assertThat(refusal.message())
                                .hasSizeLessThan(300)
                                .doesNotContain("StreamRead"));
    }

    @Test
    @DisplayName("does not echo all of a name that is there twice")
    void shortensNames() {
        String name = "\"" + "x".repeat(30_000) + "\":1";

        Reading reading = reader.read("{" + name + "," + name + "}");

        assertThat(reading)
                .isInstanceOfSatisfying(
                        CommandRefusal.class,
                        refusal -> assertThat(refusal.message())
                                .hasSizeLessThan(300)
                                .contains("xxx…"));
    }

    @ParameterizedTest(name = "{displayName}: seed {0}")
    @DisplayName("makes a value of any text, and never throws")
    @ValueSource(longs = {1, 2, 3, 4})
    void makesAValueOfAnyText(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            String text = random.nextBoolean() ? garbage(random) : damaged(command(random), random);

            Reading reading = reader.read(text);

            assertThat(reading).as(text).isNotNull();
            if (reading instanceof Ping ping && ping.data() != null) {
                assertThat(ping.data()).isNotBlank().doesNotContain("\n", "\r");
            }
        }
    }

    private static String status(String id) {
        return "{\"type\":\"status\",\"id\":" + id + "}";
    }

    private static void assertRefused(Reading reading, ErrorCode code, String field) {
        assertThat(reading).isInstanceOfSatisfying(CommandRefusal.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.field()).isEqualTo(field);
        });
    }

    private static String garbage(Random random) {
        String alphabet = "{}[]\":,\\ \n\r\t0123456789-+.eEtruefalsnypid\u0000\u00e4\ud83d\ude00\ufeff";
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "{" : "");
        for (int i = random.nextInt(60); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static String command(Random random) {
        String type =
                List.of("ping", "subscribe", "unsubscribe", "history", "status").get(random.nextInt(5));
        return "{\"type\":\"" + type + "\",\"id\":" + random.nextInt(100) + ",\"data\":" + value(random, 3) + "}";
    }

    private static String damaged(String command, Random random) {
        StringBuilder text = new StringBuilder(command);
        for (int i = random.nextInt(4); i > 0 && text.length() > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, (char) random.nextInt(0x10000));
                default -> text.insert(at, garbage(random));
            }
        }
        return text.toString();
    }

    /** Any JSON value, in one line and without blanks around it. */
    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> "null";
            case 1 -> "-" + random.nextInt(1000) + ".50e+" + random.nextInt(9);
            case 2 -> String.valueOf(random.nextLong());
            case 3 -> "\"\\u00e4\ud83d\ude00\u2028 \\\"" + random.nextInt() + "\"";
            case 4 -> "true";
            case 5 -> "[" + value(random, depth - 1) + " , " + value(random, depth - 1) + "]";
            case 6 -> "{\"channels\":" + value(random, depth - 1) + ",\"limit\": " + value(random, depth - 1) + "}";
            default -> "{ \"channel\" :\t" + value(random, depth - 1) + " }";
        };
    }
}
