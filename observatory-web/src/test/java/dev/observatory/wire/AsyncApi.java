package dev.observatory.wire;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The description of the protocol, as it is in the WAR. Immutable. */
final class AsyncApi {

    private final Map<?, ?> root;

    private AsyncApi(Map<?, ?> root) {
        this.root = root;
    }

    static AsyncApi read() throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (Reader file = Files.newBufferedReader(Path.of("src", "main", "webapp", "asyncapi.yaml"))) {
            return new AsyncApi(new Yaml(new SafeConstructor(options)).load(file));
        }
    }

    /** What stands at a path such as {@code components}, {@code schemas}; null when nothing does. */
    Object at(String... path) {
        Object node = root;
        for (String name : path) {
            node = node instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return node;
    }

    /** The object at a path, references followed; empty when there is none. */
    Map<?, ?> object(String... path) {
        return resolved(at(path));
    }

    /** The object that a reference names, or the object itself; empty when there is none. */
    Map<?, ?> resolved(Object node) {
        Object found = node;
        while (found instanceof Map<?, ?> map && map.get("$ref") instanceof String reference) {
            found = at(reference.substring("#/".length()).split("/"));
        }
        return found instanceof Map<?, ?> map ? map : Map.of();
    }

    Map<?, ?> schema(String name) {
        return object("components", "schemas", name);
    }

    Set<?> schemas() {
        return object("components", "schemas").keySet();
    }

    /** The names of a schema's properties. */
    static Set<?> properties(Map<?, ?> schema) {
        return schema.get("properties") instanceof Map<?, ?> map ? map.keySet() : Set.of();
    }

    static Object property(Map<?, ?> schema, String name) {
        return schema.get("properties") instanceof Map<?, ?> map ? map.get(name) : null;
    }

    static List<?> required(Map<?, ?> schema) {
        return schema.get("required") instanceof List<?> list ? list : List.of();
    }

    /** The messages whose payload has that schema as its envelope. */
    List<Map<?, ?>> messages(String envelope) {
        List<Map<?, ?>> messages = new ArrayList<>();
        for (Object message : object("components", "messages").values()) {
            if (parts(resolved(message)).get(0).equals(Map.of("$ref", "#/components/schemas/" + envelope))) {
                messages.add(resolved(message));
            }
        }
        return messages;
    }

    /** The envelope of a message's payload, and what the message says of it besides. */
    static List<?> parts(Map<?, ?> message) {
        return (List<?>) ((Map<?, ?>) message.get("payload")).get("allOf");
    }

    /** What a message says of its payload beside the envelope. */
    Map<?, ?> own(Map<?, ?> message) {
        return resolved(parts(message).get(1));
    }

    /** The schema of a message's data, references followed. */
    Map<?, ?> data(Map<?, ?> message) {
        return resolved(property(own(message), "data"));
    }

    /** Every reference in it. */
    List<String> references() {
        List<String> references = new ArrayList<>();
        collect(root, references);
        return references;
    }

    private static void collect(Object node, List<String> references) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("$ref") instanceof String reference) {
                references.add(reference);
            }
            map.values().forEach(value -> collect(value, references));
        } else if (node instanceof List<?> list) {
            list.forEach(value -> collect(value, references));
        }
    }
}
