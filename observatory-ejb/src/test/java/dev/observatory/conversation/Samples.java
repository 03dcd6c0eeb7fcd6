package dev.observatory.conversation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.observatory.transcript.TranscriptLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Real transcripts with the figures that an independent reader found in them: {@code TRUTH.json} in a folder {@code
 * shared/transcripts} beside the project. They are no part of the project, because they are other people's.
 */
record Samples(Path root, Map<String, Map<String, Object>> truth) {

    /** Looks for the folder beside every directory from here up to the root. */
    static Optional<Samples> find() throws IOException {
        for (Path here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
            Path truth = here.resolve("shared/transcripts/TRUTH.json");
            if (Files.isRegularFile(truth)) {
                return Optional.of(read(truth));
            }
        }
        return Optional.empty();
    }

    private static Samples read(Path file) throws IOException {
        Map<String, Map<String, Object>> truth = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            parser.nextToken();
            for (String id = parser.nextFieldName(); id != null; id = parser.nextFieldName()) {
                parser.nextToken();
                truth.put(id, object(parser));
            }
        }
        return new Samples(file.getParent(), truth);
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    /** The files that one conversation's figures are made of. */
    List<TranscriptLocation> files(String conversationId) {
        return ((List<?>) truth.get(conversationId).get("files"))
                .stream()
                        .map(path -> TranscriptLocation.of(root, root.resolve(path.toString()))
                                .orElseThrow())
                        .toList();
    }

    List<TranscriptLocation> files() {
        return truth.keySet().stream().flatMap(id -> files(id).stream()).toList();
    }
}
