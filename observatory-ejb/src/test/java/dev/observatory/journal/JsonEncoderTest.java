package dev.observatory.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.observatory.message.Channel;
import dev.observatory.message.ComponentHealth;
import dev.observatory.message.ConversationState;
import dev.observatory.message.ConversationUpdate;
import dev.observatory.message.ConversationUpdate.Change;
import dev.observatory.message.GpuStats;
import dev.observatory.message.HealthStatus;
import dev.observatory.message.Priority;
import dev.observatory.message.RecordExcerpt;
import dev.observatory.message.SystemStatus;
import dev.observatory.message.Tokens;
import dev.observatory.protocol.ControlFrame;
import dev.observatory.protocol.ErrorCode;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The JSON encoder")
class JsonEncoderTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    private final JsonEncoder encoder = new JsonEncoder();

    @Test
    @DisplayName("writes names with underscores, constants in lower case, times, numbers and nested values")
    void writesAConversation() {
        JsonObject json = parsed(encoder.encode(new ConversationUpdate(
                "c1",
                "p1",
                null,
                "A \"title\"",
                ConversationState.WAITING,
                3,
                2,
                1,
                new Tokens(1, 2, 3, Long.MAX_VALUE),
                new BigDecimal("0.000001"),
                null,
                "main",
                "/home/me",
                "a/b.jsonl",
                TIME,
                TIME,
                Change.APPENDED,
                9,
                List.of(new RecordExcerpt(1, null, "user", "prompt", null, TIME, "hi", null, true)))));

        assertThat(json.keySet())
                .containsExactlyInAnyOrder(
                        "id",
                        "project_id",
                        "title",
                        "state",
                        "message_count",
                        "tool_call_count",
                        "agent_count",
                        "tokens",
                        "cost_usd",
                        "git_branch",
                        "cwd",
                        "file_path",
                        "created_at",
                        "updated_at",
                        "change",
                        "version",
                        "records");
        assertThat(json.getString("title")).isEqualTo("A \"title\"");
        assertThat(json.getString("state")).isEqualTo("waiting");
        assertThat(json.getString("change")).isEqualTo("appended");
        assertThat(json.getString("created_at")).isEqualTo("2026-01-02T03:04:05.000Z");
        assertThat(json.getJsonNumber("cost_usd").bigDecimalValue()).isEqualByComparingTo("0.000001");
        assertThat(json.getJsonObject("tokens").getJsonNumber("cache_read").longValueExact())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(json.getJsonArray("records").getJsonObject(0).keySet())
                .containsExactlyInAnyOrder("position", "role", "kind", "at", "text", "truncated");
    }

    @Test
    @DisplayName("writes a GPU's stats with all of their fields, null for what is not known, also within a list")
    void writesWholeGpuStats() {
        GpuStats known = new GpuStats(1, "NVIDIA \"H200\"", 37, 5L << 20, 150_754_820_096L, -3, 29.5, TIME);
        GpuStats unknown = new GpuStats(0, null, null, null, null, null, null, TIME);

        JsonObject json = parsed(encoder.encode(known));

        assertThat(json)
                .isEqualTo(parsed("{\"gpu_index\":1,\"gpu_name\":\"NVIDIA \\\"H200\\\"\",\"gpu_utilization\":37,"
                        + "\"memory_used\":5242880,\"memory_total\":150754820096,\"temperature\":-3,"
                        + "\"inference_fps\":29.5,\"recorded_at\":\"2026-01-02T03:04:05.000Z\"}"));
        assertThat(parsed(encoder.encode(Map.of("items", List.of(unknown, known))))
                        .getJsonArray("items"))
                .containsExactly(
                        parsed("{\"gpu_index\":0,\"gpu_name\":null,\"gpu_utilization\":null,"
                                + "\"memory_used\":null,\"memory_total\":null,\"temperature\":null,"
                                + "\"inference_fps\":null,\"recorded_at\":\"2026-01-02T03:04:05.000Z\"}"),
                        json);
    }

    @Test
    @DisplayName("B7.4 writes a status of the system with all that is known of it")
    void writesASystemStatus() {
        SystemStatus whole = new SystemStatus(
                HealthStatus.DEGRADED,
                TIME,
                List.of(
                        new ComponentHealth("database", HealthStatus.UNAVAILABLE, "away", TIME),
                        new ComponentHealth("watcher", HealthStatus.OK, null, null)),
                3,
                0.25,
                new SystemStatus.Percentiles(0.5, 12.125, 10_000),
                new SystemStatus.Watch(7, 5L << 40, 1, new SystemStatus.Backfill(8, 9)),
                new SystemStatus.Jvm(1, 2, 3, 4, "17.0.15+6"),
                new SystemStatus.Host(12.5, 1L, 2L, 3L, 5L << 40));
        SystemStatus empty = new SystemStatus(
                HealthStatus.OK,
                TIME,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                new SystemStatus.Host(null, null, null, 3L, 4L));

        assertThat(parsed(encoder.encode(whole)))
                .isEqualTo(parsed("{\"status\":\"degraded\",\"checked_at\":\"2026-01-02T03:04:05.000Z\","
                        + "\"components\":[{\"name\":\"database\",\"status\":\"unavailable\",\"details\":\"away\","
                        + "\"last_checked\":\"2026-01-02T03:04:05.000Z\"},{\"name\":\"watcher\",\"status\":\"ok\"}],"
                        + "\"connections\":3,\"messages_per_s\":0.25,"
                        + "\"delivery_ms\":{\"p50\":0.5,\"p95\":12.125,\"p99\":10000.0},"
                        + "\"watch\":{\"files\":7,\"lag_bytes\":5497558138880,\"bad_lines\":1,"
                        + "\"backfill\":{\"done_bytes\":8,\"total_bytes\":9}},"
                        + "\"jvm\":{\"heap_used\":1,\"heap_max\":2,\"threads\":3,\"uptime_seconds\":4,"
                        + "\"version\":\"17.0.15+6\"},\"host\":{\"cpu\":12.5,\"memory_used\":1,\"memory_total\":2,"
                        + "\"disk_free\":3,\"disk_total\":5497558138880}}"));
        assertThat(parsed(encoder.encode(empty)))
                .isEqualTo(parsed("{\"status\":\"ok\",\"checked_at\":\"2026-01-02T03:04:05.000Z\",\"components\":[],"
                        + "\"host\":{\"disk_free\":3,\"disk_total\":4}}"));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("writes times in UTC with exactly three decimals")
    @CsvSource({
        "2026-01-02T03:04:05Z,           2026-01-02T03:04:05.000Z",
        "2026-01-02T03:04:05.1Z,         2026-01-02T03:04:05.100Z",
        "2026-01-02T03:04:05.678999999Z, 2026-01-02T03:04:05.678Z",
        "2024-02-29T23:59:59.999Z,       2024-02-29T23:59:59.999Z",
        "1970-01-01T00:00:00Z,           1970-01-01T00:00:00.000Z",
        "0001-01-01T00:00:00Z,           0001-01-01T00:00:00.000Z",
    })
    void writesTimes(Instant time, String expected) {
        assertThat(JsonEncoder.time(time)).isEqualTo(expected);
        assertThat(parsed(encoder.encode(Map.of("at", time))).getString("at")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("writes the same in every language of the machine")
    @ValueSource(strings = {"tr-TR", "ar-SA-u-nu-arab", "th-TH-u-ca-buddhist"})
    void writesTheSameInEveryLanguage(String language) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(language));
            JsonEncoder here = new JsonEncoder();

            JsonObject json = parsed(here.encode(
                    new ControlFrame.Error(ErrorCode.INVALID_FIELD, "no", null, ErrorCode.INVALID_FIELD.action())));

            assertThat(json.getString("code")).isEqualTo("invalid_field");
            assertThat(json.getString("action")).isEqualTo("fix");
            assertThat(JsonEncoder.time(TIME)).isEqualTo("2026-01-02T03:04:05.000Z");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    @DisplayName("leaves null out, and writes names that are data as they are")
    void leavesNullOut() {
        ControlFrame frame = new ControlFrame.Status(List.of(), 0, 0, Map.of("project:Some-Name", 3L), null);

        JsonObject json = parsed(encoder.encode(frame));

        assertThat(json.keySet())
                .containsExactlyInAnyOrder("subscriptions", "queued_messages", "queued_bytes", "last_seq");
        assertThat(json.getJsonObject("last_seq").getInt("project:Some-Name")).isEqualTo(3);
    }

    @Test
    @DisplayName("brings every character of Unicode through UTF-8, and never writes a control character")
    void writesAllOfUnicode() {
        for (int block = 0; block <= 0x10FFFF; block += 0x1000) {
            String text = text(block, block + 0x1000);

            String json = encoder.encode(Map.of("text", text));

            assertThat(json.chars()).noneMatch(c -> c < 0x20);
            String received = new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            assertThat(received).isEqualTo(json);
            assertThat(parsed(received).getString("text")).isEqualTo(text);
        }
    }

    @ParameterizedTest(name = "{displayName}: {index}")
    @DisplayName("brings halves of characters through UTF-8, as text and as name, and leaves whole ones alone")
    @ValueSource(
            strings = {
                "\ud83d",
                "\ude00",
                "a\ud83d",
                "\ude00b",
                "\ud83d\ud83d\ude00",
                "\ude00\ud83d",
                "\ud83d\ude00\ude00",
                "\ud83d\"\ude00",
                "\\\ud83d",
                "\\u\ud83d$1\\",
            })
    void writesHalvesOfCharacters(String text) {
        String json = encoder.encode(Map.of(text, text));

        String received = new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(received).isEqualTo(json);
        assertThat(parsed(received).getString(text)).isEqualTo(text);
    }

    @Test
    @DisplayName("writes line ends of every kind in one line of JSON")
    void writesOneLine() {
        String text = "a\nb\r\nc\rd\u0085e\u2028f\u2029g\u000bh\fi";

        String json = encoder.encode(Map.of(text, List.of(text)));

        assertThat(json).doesNotContain("\n", "\r");
        assertThat(parsed(json).getJsonArray(text).getString(0)).isEqualTo(text);
    }

    @Test
    @DisplayName("says of data that has no JSON form which type it is and why")
    void saysWhyItCannot() {
        assertThatExceptionOfType(UnencodableException.class)
                .isThrownBy(() -> encoder.encode(new JournalContract.Throwing()))
                .withMessageContaining("Throwing")
                .withMessageContaining("no text");
    }

    static Stream<Class<?>> enums() throws IOException {
        return reachable().stream().filter(Class::isEnum).map(type -> (Class<?>) type);
    }

    /** JSON-B wants a serializer for each enum type by itself; a new enum without one fails here. */
    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("writes every enum that a payload or a control frame can hold in lower case")
    @MethodSource("enums")
    void writesEnumsInLowerCase(Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            String name = ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
            assertThat(parsed(encoder.encode(Map.of("value", constant))).getString("value"))
                    .isEqualTo(name);
            assertThat(parsed(encoder.encode(Map.of("list", List.of(constant))))
                            .getJsonArray("list")
                            .getString(0))
                    .isEqualTo(name);
        }
    }

    @Test
    @DisplayName("is tested with the enums that there are")
    void findsTheEnums() throws IOException {
        assertThat(enums().toList())
                .contains(ConversationState.class, Change.class, ErrorCode.class, ErrorCode.Action.class);
        assertThat(parsed(encoder.encode(Map.of("p", Priority.HIGH))).getString("p"))
                .isEqualTo("high");
    }

    @Test
    @DisplayName("meets no kind of time but the instant, and no enum as the name in a map")
    void meetsNothingThatItWouldWriteOtherwise() throws IOException {
        assertThat(reachable())
                .noneMatch(type -> Temporal.class.isAssignableFrom(type) && type != Instant.class)
                .noneMatch(type -> java.util.Date.class.isAssignableFrom(type));
        assertThat(components().map(RecordComponent::getGenericType))
                .noneMatch(type -> type instanceof ParameterizedType map
                        && map.getRawType() == Map.class
                        && map.getActualTypeArguments()[0] instanceof Class<?> key
                        && key.isEnum());
    }

    /** The types of all components of all records in the api's packages, and what they are made of. */
    private static Set<Class<?>> reachable() throws IOException {
        Set<Class<?>> found = new LinkedHashSet<>();
        components().forEach(component -> collect(component.getGenericType(), found));
        return found;
    }

    private static void collect(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> collect(argument, found));
        } else if (type instanceof Class<?> simple) {
            found.add(simple.isArray() ? simple.getComponentType() : simple);
        }
    }

    private static Stream<RecordComponent> components() throws IOException {
        Set<Class<?>> classes = classes("dev/observatory/message");
        classes.addAll(classes("dev/observatory/protocol"));
        return classes.stream().filter(Class::isRecord).flatMap(type -> Arrays.stream(type.getRecordComponents()));
    }

    /** The classes of a package of the api module, which lies in a folder or in a jar. */
    private static Set<Class<?>> classes(String folder) throws IOException {
        Path root = codeOf(Channel.class);
        if (Files.isDirectory(root)) {
            return classes(root.resolve(folder), folder);
        }
        try (FileSystem jar = FileSystems.newFileSystem(root)) {
            return classes(jar.getPath(folder), folder);
        }
    }

    private static Set<Class<?>> classes(Path path, String folder) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
                    .map(file -> loaded(folder.replace('/', '.') + "." + file.replace(".class", "")))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path codeOf(Class<?> type) {
        try {
            URI code = type.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Path.of(code);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All characters of a range, with a space between the halves of pairs so that they stay halves. */
    private static String text(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int character = from; character < to; character++) {
            text.appendCodePoint(character);
            if (Character.isBmpCodePoint(character) && Character.isSurrogate((char) character)) {
                text.append(' ');
            }
        }
        return text.toString();
    }

    private static JsonObject parsed(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }
}
