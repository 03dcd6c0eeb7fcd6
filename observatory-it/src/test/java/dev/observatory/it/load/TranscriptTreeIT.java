package dev.observatory.it.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A generated tree")
@DisabledIfSystemProperty(
        named = "arquillian.launch",
        matches = "wildfly",
        disabledReason = "SKIPPED: the tree needs no server, and is tested in the run with Payara")
class TranscriptTreeIT {

    private static final TranscriptTree.Shape SHAPE = new TranscriptTree.Shape(2_000_000, 14, 1_000_000, 7);

    @TempDir
    Path folder;

    @Test
    @DisplayName("has the same bytes for the same shape, and others for another seed")
    void repeatable() throws IOException {
        TranscriptTree.write(folder.resolve("one"), SHAPE);
        TranscriptTree.write(folder.resolve("two"), SHAPE);
        TranscriptTree.write(
                folder.resolve("other"),
                new TranscriptTree.Shape(SHAPE.bytes(), SHAPE.files(), SHAPE.bigFile(), SHAPE.seed() + 1));

        Map<String, Integer> one = hashes("one");
        assertThat(one).hasSize(SHAPE.files()).isEqualTo(hashes("two"));
        assertThat(hashes("other").values()).doesNotContainAnyElementsOf(one.values());
    }

    @Test
    @DisplayName("has the size that was asked for, but for the rest of a line in each file, and nothing but records")
    void sized() throws IOException {
        TranscriptTree.Size size = TranscriptTree.write(folder, SHAPE);

        assertThat(size.files()).isEqualTo(SHAPE.files());
        assertThat(size.bytes()).isBetween(SHAPE.bytes() - SHAPE.files(), SHAPE.bytes() + 300_000L * SHAPE.files());
        long bytes = 0;
        long lines = 0;
        for (Path file : files(folder)) {
            bytes += Files.size(file);
            for (String line : Files.readAllLines(file)) {
                lines++;
                assertThat(record(line)).containsKey("type");
            }
        }
        assertThat(bytes).isEqualTo(size.bytes());
        assertThat(lines).isEqualTo(size.lines());
    }

    @Test
    @DisplayName("is refused when it cannot be")
    void refused() {
        assertThatThrownBy(() -> new TranscriptTree.Shape(10, 0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TranscriptTree.Shape(10, 2, 11, 1)).hasMessageContaining("11");
    }

    private static JsonObject record(String line) {
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }

    /** Of the bytes of every file, by its path. */
    private Map<String, Integer> hashes(String tree) {
        Map<String, Integer> hashes = new TreeMap<>();
        Path root = folder.resolve(tree);
        for (Path file : files(root)) {
            hashes.put(root.relativize(file).toString(), hash(file));
        }
        return hashes;
    }

    private static int hash(Path file) {
        try {
            return Arrays.hashCode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Iterable<Path> files(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
