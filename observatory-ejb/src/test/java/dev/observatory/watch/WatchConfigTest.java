package dev.observatory.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WatchConfigTest {

    @Test
    @DisplayName("The defaults of the application are read, each into its type")
    void defaults() throws IOException {
        Properties properties = defaultSettings();
        properties.setProperty("observatory.watch.roots", "/a/projects,~/b,/a/x/../projects");
        assertThat(WatchConfig.of(new PropertiesConfig(properties)))
                .isEqualTo(new WatchConfig(
                        List.of(Path.of("/a/projects"), Path.of(System.getProperty("user.home"), "b")),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(2),
                        16_777_216,
                        262_144,
                        Optional.empty(),
                        true,
                        500,
                        Optional.of(Duration.ofDays(365))));
    }

    @Test
    @DisplayName("A tilde stands for the user's folder only at the beginning, and a root is absolute")
    void roots() {
        assertThat(WatchConfig.root(" ~/.claude/projects", "/home/mira"))
                .isEqualTo(Path.of("/home/mira/.claude/projects"));
        assertThat(WatchConfig.root("~", "/home/mira")).isEqualTo(Path.of("/home/mira"));
        assertThat(WatchConfig.root("/data/~/x", "/home/mira")).isEqualTo(Path.of("/data/~/x"));
        assertThat(WatchConfig.root("~other/x", "/home/mira")).isAbsolute().endsWithRaw(Path.of("~other/x"));
    }

    @Test
    @DisplayName("The backlog can be read whole, not at all, or up to an age")
    void backfill() {
        assertThat(WatchConfig.backfill("all")).isEmpty();
        assertThat(WatchConfig.backfill(" none ")).contains(Duration.ZERO);
        assertThat(WatchConfig.backfill("P7D")).contains(Duration.ofDays(7));
        assertThatThrownBy(() -> WatchConfig.backfill("some")).isInstanceOf(DateTimeParseException.class);
        Instant now = Instant.now();
        WatchConfig config = WatchFixture.config(Path.of("/a"), WatchFixture.MOMENT, WatchFixture.MOMENT, true);
        assertThat(config.backfills(Instant.EPOCH, now)).isTrue();
    }

    @Test
    @DisplayName("Sizes and intervals have to be above zero")
    void refused() {
        assertThatThrownBy(() -> WatchFixture.config(Path.of("/a"), Duration.ZERO, WatchFixture.MOMENT, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("observatory.watch.sweep-recent");
    }

    @Test
    @DisplayName("What cannot be read is refused by its name and its value")
    void unreadable() throws IOException {
        for (String setting : List.of("turn-bytes", "sweep-all", "backfill")) {
            Properties properties = defaultSettings();
            properties.setProperty("observatory.watch." + setting, "soon");
            assertThatThrownBy(() -> WatchConfig.of(new PropertiesConfig(properties)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("observatory.watch." + setting)
                    .hasMessageContaining("soon");
        }
    }

    private static Properties defaultSettings() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = WatchConfigTest.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            properties.load(in);
        }
        return properties;
    }

    /** As much of a configuration as is asked here. */
    private record PropertiesConfig(Properties properties) implements Config {

        @Override
        public <T> T getValue(String name, Class<T> type) {
            return getOptionalValue(name, type).orElseThrow();
        }

        @Override
        public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
            return Optional.ofNullable(properties.getProperty(name)).map(text -> type.cast(convert(text, type)));
        }

        private static Object convert(String text, Class<?> type) {
            if (type == Duration.class) {
                return Duration.parse(text);
            } else if (type == Integer.class) {
                return Integer.valueOf(text);
            } else if (type == Boolean.class) {
                return Boolean.valueOf(text);
            } else if (type == String[].class) {
                return text.split(",");
            }
            return text;
        }

        @Override
        public ConfigValue getConfigValue(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Iterable<String> getPropertyNames() {
            return properties.stringPropertyNames();
        }

        @Override
        public Iterable<ConfigSource> getConfigSources() {
            return List.of();
        }

        @Override
        public <T> Optional<Converter<T>> getConverter(Class<T> type) {
            return Optional.empty();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new UnsupportedOperationException();
        }
    }
}
