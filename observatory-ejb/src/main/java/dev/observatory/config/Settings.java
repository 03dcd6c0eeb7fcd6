package dev.observatory.config;

import java.util.NoSuchElementException;
import org.eclipse.microprofile.config.Config;

/**
 * The settings, each in its type. Servers say of a value that cannot be read only that some text is no number; here it
 * is said of which setting. As thread-safe as the configuration, which is.
 */
public record Settings(Config config) {

    /**
     * The value of a setting.
     *
     * @throws IllegalArgumentException when it is not of that type; the message has name and value
     * @throws NoSuchElementException when it has none
     */
    public <T> T value(String name, Class<T> type) {
        try {
            return config.getValue(name, type);
        } catch (NoSuchElementException e) {
            throw e;
        } catch (RuntimeException e) {
            // some servers pass on whatever their converters throw
            throw unreadable(name, "a value of type " + type.getSimpleName(), e);
        }
    }

    /**
     * Whether something is switched on. Converters take for false whatever is not true; a typing error must not switch
     * anything off.
     *
     * @throws IllegalArgumentException when it is neither {@code true} nor {@code false}
     * @throws NoSuchElementException when it has no value
     */
    public boolean flag(String name) {
        return switch (value(name, String.class).strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw unreadable(name, "true or false", null);
        };
    }

    /** The refusal of a value, with what it would have to be. */
    public IllegalArgumentException unreadable(String name, String expected, RuntimeException cause) {
        String text = config.getOptionalValue(name, String.class).orElse("");
        return new IllegalArgumentException(name + " is \"" + text + "\", but has to be " + expected, cause);
    }
}
