package dev.observatory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.observatory.protocol.CloseCode;
import dev.observatory.protocol.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DocumentationTest {

    private static final Pattern SETTING = Pattern.compile("\\| `(observatory\\.[a-z.-]+)` \\| `([^`]*)` \\|");

    @Test
    @DisplayName("the reference lists every setting with its default, and no other")
    void settings() throws IOException {
        Properties defaults = new Properties();
        try (InputStream file =
                DocumentationTest.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            defaults.load(file);
        }
        TreeMap<String, String> documented = new TreeMap<>();
        SETTING.matcher(read("configuration.md")).results().forEach(row -> documented.put(row.group(1), row.group(2)));

        assertThat(documented).isEqualTo(new TreeMap<>(defaults));
    }

    @Test
    @DisplayName("the reference lists every error and every close code")
    void codes() {
        String protocol = read("protocol.md");

        assertThat(Arrays.stream(ErrorCode.values())
                        .map(code -> "| `" + code.name().toLowerCase() + "` |"))
                .allSatisfy(row -> assertThat(protocol).contains(row));
        assertThat(Arrays.stream(CloseCode.values())
                        .map(close -> "| " + close.code() + " | `" + close.reason() + "` |"))
                .allSatisfy(row -> assertThat(protocol).contains(row));
    }

    private static String read(String page) {
        try {
            return Files.readString(Path.of("..", "docs", "reference", page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
