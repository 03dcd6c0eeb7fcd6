package dev.observatory.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The lines of real transcripts")
class RealLinesTest {

    private static final Pattern MARK = Pattern.compile("\\[redacted:([a-z-]+)]");

    private final Redactor redactor = Redactor.builtIn();

    /** Looks for the folder beside every directory from here up to the root. */
    private static Optional<Path> samples() {
        for (Path here = Path.of(System.getProperty("user.dir")); here != null; here = here.getParent()) {
            Path samples = here.resolve("shared/transcripts");
            if (Files.isDirectory(samples)) {
                return Optional.of(samples);
            }
        }
        return Optional.empty();
    }

    private static List<byte[]> lines(Path samples) throws IOException {
        try (Stream<Path> files = Files.walk(samples.toRealPath())) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .flatMap(file -> Arrays.stream(read(file).split("\n")))
                    .map(line -> line.getBytes(StandardCharsets.ISO_8859_1))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("are the same JSON after redaction, but for the secrets; how many of each kind is printed")
    void redacted() throws IOException {
        Path samples = samples()
                .orElseGet(() -> Assumptions.abort("NOT TESTED AGAINST REAL TRANSCRIPTS: there is no folder"
                        + " shared/transcripts beside the project"));
        List<byte[]> lines = lines(samples);
        Map<String, Integer> found = new TreeMap<>();
        for (byte[] line : lines) {
            byte[] redacted = redactor.redact(line, 0, line.length);
            if (Json.isValid(line)) {
                assertThat(Json.structure(redacted)).isEqualTo(Json.structure(line));
            }
            if (redacted != line) {
                MARK.matcher(new String(redacted, StandardCharsets.ISO_8859_1))
                        .results()
                        .map((MatchResult mark) -> mark.group(1))
                        .forEach(kind -> found.merge(kind, 1, Integer::sum));
            }
        }
        System.out.printf("RealLinesTest: in %d lines %s%n", lines.size(), found);
        assertThat(lines).isNotEmpty();
    }
}
