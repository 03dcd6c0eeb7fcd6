package dev.observatory.wire;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.journal.Journal.History;
import dev.observatory.journal.JsonEncoder;
import dev.observatory.journal.RingJournal;
import dev.observatory.message.CameraStatus;
import dev.observatory.message.Channel;
import dev.observatory.message.Detection;
import dev.observatory.message.Draft;
import dev.observatory.message.GpuStats;
import dev.observatory.message.Message;
import dev.observatory.message.Priority;
import dev.observatory.message.SecurityEvent;
import dev.observatory.protocol.CloseCode;
import dev.observatory.protocol.Command;
import dev.observatory.protocol.CommandRefusal;
import dev.observatory.protocol.ControlFrame;
import dev.observatory.protocol.ControlFrame.Draining;
import dev.observatory.protocol.Endpoint;
import dev.observatory.protocol.ErrorCode;
import dev.observatory.protocol.Reading;
import dev.observatory.protocol.Subprotocol;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The description of the endpoints")
class AsyncApiTest {

    private static final String REFERENCE = "#/components/schemas/";

    /** Objects of the protocol that are no records. */
    private static final Set<String> WRITTEN_BY_HAND = Set.of(
            "CommandEnvelope",
            "ControlEnvelope",
            "MessageEnvelope",
            "SubscribeData",
            "UnsubscribeData",
            "ResumeData",
            "HistoryData",
            "AuthenticateData",
            "Snapshot",
            "History");

    private static final Map<Type, String> KINDS = Map.ofEntries(
            Map.entry(int.class, "integer"),
            Map.entry(long.class, "integer"),
            Map.entry(Integer.class, "integer"),
            Map.entry(Long.class, "integer"),
            Map.entry(double.class, "number"),
            Map.entry(Double.class, "number"),
            Map.entry(BigDecimal.class, "number"),
            Map.entry(boolean.class, "boolean"),
            Map.entry(Boolean.class, "boolean"),
            Map.entry(String.class, "string"),
            Map.entry(Instant.class, "Time"));

    private static AsyncApi api;

    private final JsonEncoder encoder = new JsonEncoder();
    private final FrameWriter writer = new FrameWriter(encoder, Clock.systemUTC());
    private final CommandReader reader = new CommandReader();

    @BeforeAll
    static void read() throws IOException {
        api = AsyncApi.read();
    }

    static Stream<Class<?>> records() {
        return types().filter(Class::isRecord);
    }

    static Stream<Class<?>> enums() {
        return Stream.concat(types().filter(Class::isEnum), Stream.of(Priority.class));
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("has every field of a record with its type, and no other")
    @MethodSource("records")
    void fields(Class<?> type) {
        Map<?, ?> schema = api.schema(type.getSimpleName());
        Map<String, String> described = new HashMap<>();
        AsyncApi.properties(schema)
                .forEach(name -> described.put((String) name, kind(AsyncApi.property(schema, (String) name))));

        assertThat(described)
                .isEqualTo(components(type)
                        .collect(toMap(component -> snake(component.getName()), c -> kind(c.getGenericType()))));
        assertThat(AsyncApi.required(schema)).doesNotHaveDuplicates();
        assertThat(new HashSet<Object>(AsyncApi.required(schema)))
                .isSubsetOf(described.keySet())
                .containsAll(components(type)
                        .filter(component -> component.getType().isPrimitive())
                        .map(component -> snake(component.getName()))
                        .toList());
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("has every constant of an enum, and no other")
    @MethodSource("enums")
    void constants(Class<?> type) {
        assertThat(api.schema(type.getSimpleName()).get("enum")).isEqualTo(names(type));
    }

    @Test
    @DisplayName("describes no record and no enum that there is not")
    void nothingElse() {
        Set<String> objects = records().map(Class::getSimpleName).collect(toSet());
        objects.addAll(WRITTEN_BY_HAND);

        assertThat(schemas("properties")).isEqualTo(objects);
        assertThat(schemas("enum")).isEqualTo(enums().map(Class::getSimpleName).collect(toSet()));
    }

    @Test
    @DisplayName("has every type of a message, with its payload")
    void messages() {
        Map<String, String> described = new HashMap<>();
        for (Map<?, ?> message : api.messages("MessageEnvelope")) {
            described.put((String) message.get("name"), kind(AsyncApi.property(api.own(message), "data")));
        }
        Map<String, String> told = payloads().collect(toMap(AsyncApiTest::messageOf, Class::getSimpleName));
        told.put("notice", "anything");
        told.put("broadcast", "anything");

        assertThat(described).isEqualTo(told);
    }

    @Test
    @DisplayName("has every control frame, with its data")
    void controlFrames() {
        Map<String, String> described = new HashMap<>();
        for (Map<?, ?> message : api.messages("ControlEnvelope")) {
            described.put((String) message.get("name"), kind(AsyncApi.property(api.own(message), "data")));
        }
        Map<String, String> written = Arrays.stream(ControlFrame.class.getPermittedSubclasses())
                .collect(toMap(AsyncApiTest::typeOf, Class::getSimpleName));
        written.putAll(Map.of("snapshot", "Snapshot", "history", "History", "pong", "anything"));

        assertThat(described).isEqualTo(written);
    }

    @Test
    @DisplayName("has the fields of what is put together by hand")
    void writtenByHand() {
        Message message = new RingJournal(encoder, told -> {}, Clock.systemUTC(), 1_000_000, Duration.ofHours(1))
                .append(Draft.to(Channel.ALERTS, "note", Map.of()));
        JsonObject pong = parsed(writer.pong(null, "1"));
        JsonObject snapshot =
                parsed(writer.snapshot(Channel.ALERTS, 1, List.of("item"), 1).get(0));
        JsonObject history = parsed(writer.history(Channel.ALERTS, new History(List.of(message), true), "1"));

        assertHas("MessageEnvelope", parsed(writer.replay(message)));
        assertHas("ControlEnvelope", pong);
        assertHas("ControlEnvelope", parsed(writer.control(new Draining(1), "1")));
        assertHas("Snapshot", snapshot.getJsonObject("data"));
        assertHas("History", history.getJsonObject("data"));
        assertThat(snapshot).containsKey("pos").doesNotContainKey("reply_to");
        assertThat(AsyncApi.property(api.own(api.object("components", "messages", "snapshot")), "pos"))
                .isNotNull();
    }

    @Test
    @DisplayName("has every command, with an example of all of its fields that is read as that command")
    void commands() {
        List<Map<?, ?>> described = api.messages("CommandEnvelope");

        assertThat(described)
                .extracting(command -> (String) command.get("name"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Command.class.getPermittedSubclasses())
                        .map(type -> snake(type.getSimpleName()))
                        .toList());
        for (Map<?, ?> command : described) {
            Map<String, Object> example = example(command);
            assertThat(reader.read(encoder.encode(example))).isInstanceOfSatisfying(Command.class, reading -> {
                assertThat(snake(reading.getClass().getSimpleName())).isEqualTo(command.get("name"));
                assertThat(fieldsOf(command)).isEqualTo(componentsOf(reading.getClass()));
            });
            assertThat(example.keySet())
                    .isSubsetOf(AsyncApi.properties(api.schema("CommandEnvelope")).stream()
                            .map(String.class::cast)
                            .toList());
        }
    }

    @Test
    @DisplayName("says of each field of a command whether it can be left out")
    void optional() {
        for (Map<?, ?> command : api.messages("CommandEnvelope")) {
            Map<String, Object> example = example(command);
            Map<?, ?> schema = api.data(command);
            assertNeeded(AsyncApi.required(api.own(command)).contains("data"), without(example, "data"));
            for (Object field : AsyncApi.properties(schema)) {
                Map<String, Object> other = new LinkedHashMap<>(example);
                other.put("data", without((Map<?, ?>) example.get("data"), field));
                assertNeeded(AsyncApi.required(schema).contains(field), other);
            }
        }
    }

    @Test
    @DisplayName("has every close code with its name")
    void closeCodes() {
        List<String> described = ((List<?>) api.at("info", "x-close-codes"))
                .stream()
                        .map(Map.class::cast)
                        .map(close -> close.get("code") + " " + close.get("name"))
                        .toList();

        assertThat(described)
                .containsExactlyElementsOf(Arrays.stream(CloseCode.values())
                        .map(close -> close.code() + " " + close.reason())
                        .toList());
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("names each endpoint, what it offers unasked, and the sub-protocols")
    @EnumSource
    void endpoint(Endpoint endpoint) {
        String[] binding = {"channels", keyOf(endpoint), "bindings", "ws"};

        assertThat(api.at("channels", keyOf(endpoint), "address")).isEqualTo(endpoint.path());
        assertThat(api.at(path(binding, "query", "properties", "channels", "default")))
                .isEqualTo(endpoint.defaults().stream().map(Channel::name).collect(Collectors.joining(",")));
        assertThat(api.at(path(binding, "headers", "properties", "Sec-WebSocket-Protocol", "enum")))
                .isEqualTo(Subprotocol.tokens());
    }

    private static String keyOf(Endpoint endpoint) {
        return endpoint.name().toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest(name = "{displayName}: {0}")
    @DisplayName("says of what is written as a whole that every field is there")
    @ValueSource(classes = {SecurityEvent.class, Detection.class, CameraStatus.class, GpuStats.class})
    void whole(Class<?> type) {
        Map<?, ?> schema = api.schema(type.getSimpleName());

        assertThat(new HashSet<Object>(AsyncApi.required(schema)))
                .isEqualTo(new HashSet<>(AsyncApi.properties(schema)));
    }

    @Test
    @DisplayName("has no reference that leads nowhere, and nothing that no operation uses")
    void references() {
        List<String> references = api.references();

        assertThat(references)
                .hasSizeGreaterThan(100)
                .allSatisfy(reference -> assertThat(api.resolved(Map.of("$ref", reference)))
                        .as(reference)
                        .isNotEmpty());
        assertThat(references)
                .containsAll(Arrays.stream(Endpoint.values())
                        .map(AsyncApiTest::keyOf)
                        .flatMap(key -> api.object("channels", key, "messages").keySet().stream()
                                .map(name -> "#/channels/" + key + "/messages/" + name))
                        .toList())
                .containsAll(api.object("components", "messages").keySet().stream()
                        .map(name -> "#/components/messages/" + name)
                        .toList())
                .containsAll(
                        api.schemas().stream().map(name -> REFERENCE + name).toList());
        Stream.of("CommandEnvelope", "ControlEnvelope", "MessageEnvelope")
                .flatMap(envelope -> api.messages(envelope).stream())
                .filter(message -> !"broadcast".equals(message.get("name")))
                .forEach(message -> assertThat(AsyncApi.property(api.own(message), "type"))
                        .isEqualTo(Map.of("const", message.get("name"))));
    }

    /** What goes over the wire as data, and all that it is made of. */
    private static Stream<Class<?>> types() {
        Set<Class<?>> types = new LinkedHashSet<>();
        Stream.concat(payloads(), Arrays.stream(ControlFrame.class.getDeclaredClasses()))
                .forEach(type -> collect(type, types));
        return types.stream();
    }

    private static Stream<Class<?>> payloads() {
        return Arrays.stream(Draft.class.getDeclaredMethods())
                .filter(method -> method.getName().equals("of"))
                .map(method -> method.getParameterTypes()[0]);
    }

    /** The type of the message that has such a payload. */
    private static String messageOf(Class<?> payload) {
        return payload == SecurityEvent.class ? "new_event" : snake(payload.getSimpleName());
    }

    private static void collect(Type type, Set<Class<?>> types) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> collect(argument, types));
        } else if (type instanceof Class<?> plain && (plain.isRecord() || plain.isEnum()) && types.add(plain)) {
            if (plain.isRecord()) {
                components(plain).forEach(component -> collect(component.getGenericType(), types));
            }
        }
    }

    private static Stream<RecordComponent> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents());
    }

    /** What a type is in JSON, in words that {@link #kind(Object)} has too. */
    private static String kind(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return (arguments.length == 1 ? "list of " : "map of ") + kind(arguments[arguments.length - 1]);
        }
        return KINDS.getOrDefault(type, ((Class<?>) type).getSimpleName());
    }

    private static String kind(Object schema) {
        Map<?, ?> map = (Map<?, ?>) schema;
        if (map.get("$ref") instanceof String reference) {
            return reference.substring(REFERENCE.length());
        }
        if ("array".equals(map.get("type"))) {
            return "list of " + kind(map.get("items"));
        }
        if ("object".equals(map.get("type"))) {
            return "map of " + kind(map.get("additionalProperties"));
        }
        if (map.get("oneOf") instanceof List<?> options) {
            return kind(withoutNull(options));
        }
        if (map.get("type") instanceof List<?> types) {
            return withoutNull(types).toString();
        }
        return map.get("type") instanceof String type ? type : "anything";
    }

    /** What it is when it is there. */
    private static Object withoutNull(List<?> options) {
        List<?> others = options.stream()
                .filter(option -> !option.equals("null") && !option.equals(Map.of("type", "null")))
                .toList();
        assertThat(options).hasSize(2);
        assertThat(others).hasSize(1);
        return others.get(0);
    }

    private static Set<String> schemas(String having) {
        return api.schemas().stream()
                .map(String.class::cast)
                .filter(name -> api.schema(name).containsKey(having))
                .collect(toSet());
    }

    private static List<String> names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** What such a frame says of itself, whatever is in it. */
    private static String typeOf(Class<?> frame) {
        Class<?>[] types = components(frame).map(RecordComponent::getType).toArray(Class<?>[]::new);
        // the default of a type is what a fresh array of it holds
        Object[] nothing = Arrays.stream(types)
                .map(type -> Array.get(Array.newInstance(type, 1), 0))
                .toArray();
        try {
            return ((ControlFrame) frame.getDeclaredConstructor(types).newInstance(nothing)).type();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(frame + " cannot be made of nothing", e);
        }
    }

    private static void assertHas(String schema, JsonObject written) {
        assertThat(written.keySet()).as(schema).isEqualTo(AsyncApi.properties(api.schema(schema)));
    }

    private void assertNeeded(boolean needed, Map<String, Object> command) {
        Reading reading = reader.read(encoder.encode(command));
        if (needed) {
            assertThat(reading)
                    .as("%s", command)
                    .isInstanceOfSatisfying(
                            CommandRefusal.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.MISSING_FIELD));
        } else {
            assertThat(reading).as("%s", command).isInstanceOf(Command.class);
        }
    }

    private static Map<String, Object> example(Map<?, ?> command) {
        List<?> examples = (List<?>) command.get("examples");
        return without((Map<?, ?>) ((Map<?, ?>) examples.get(0)).get("payload"), null);
    }

    private static Map<String, Object> without(Map<?, ?> map, Object key) {
        Map<String, Object> rest = new LinkedHashMap<>();
        map.forEach((name, value) -> rest.put((String) name, value));
        rest.remove(key);
        return rest;
    }

    /** The fields of a command beside its type; what is in the cursor counts for itself, as it does in the record. */
    private static Set<String> fieldsOf(Map<?, ?> command) {
        Set<String> fields = new HashSet<>(Set.of("id"));
        Map<?, ?> data = api.data(command);
        for (Object field : AsyncApi.properties(data)) {
            Set<?> inside = AsyncApi.properties(api.resolved(AsyncApi.property(data, (String) field)));
            (inside.isEmpty() ? Set.of(field) : inside).forEach(name -> fields.add((String) name));
        }
        return fields;
    }

    private static Set<String> componentsOf(Class<?> command) {
        return components(command)
                .map(component -> snake(component.getName()))
                // of a ping all of it, whatever it is
                .filter(name -> !name.equals("data"))
                .collect(toSet());
    }

    private static String[] path(String[] start, String... end) {
        return Stream.concat(Arrays.stream(start), Arrays.stream(end)).toArray(String[]::new);
    }

    private static String snake(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static JsonObject parsed(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }
}
