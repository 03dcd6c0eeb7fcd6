package dev.observatory.auth.token;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;

/** The defaults, and what a test sets beside them. As much of a configuration as is asked here. */
final class TestConfig implements Config {

    private final Properties properties = new Properties();

    TestConfig() {
        try (InputStream defaults = TestConfig.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            properties.load(defaults);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestConfig with(String name, String value) {
        properties.setProperty(name, value);
        return this;
    }

    TestConfig without(String name) {
        properties.remove(name);
        return this;
    }

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
        }
        return type == Integer.class ? Integer.valueOf(text) : text;
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
        throw new IllegalArgumentException();
    }
}
