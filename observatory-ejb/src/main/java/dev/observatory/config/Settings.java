package dev.observatory.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * The settings, each in its type. Servers say of a value that cannot be read only that some text is no number; here it
 * is said of which setting. As thread-safe as the configuration, which is.
 */
public record Settings(Config config) {

    /** Further back there may be no time. */
    private static final Duration MAX_RETENTION = Duration.ofDays(36_500);

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

    /**
     * A number above zero.
     *
     * @throws IllegalArgumentException when it is none
     */
    public int positiveNumber(String name) {
        int value = value(name, Integer.class);
        if (value <= 0) {
            throw unreadable(name, "above zero", null);
        }
        return value;
    }

    /**
     * A size above zero, bytes.
     *
     * @throws IllegalArgumentException when it is none
     */
    public long positiveSize(String name) {
        long value = value(name, Long.class);
        if (value <= 0) {
            throw unreadable(name, "above zero", null);
        }
        return value;
    }

    /**
     * A duration above zero.
     *
     * @throws IllegalArgumentException when it is none
     */
    public Duration positiveDuration(String name) {
        Duration value = value(name, Duration.class);
        if (value.isNegative() || value.isZero()) {
            throw unreadable(name, "above zero", null);
        }
        return value;
    }

    /**
     * How long something is kept; empty for ever.
     *
     * @throws IllegalArgumentException when it is neither {@code none} nor a duration above zero, of a century at most
     */
    public Optional<Duration> retention(String name) {
        String text = value(name, String.class).strip();
        if (text.equals("none")) {
            return Optional.empty();
        }
        try {
            Duration value = Duration.parse(text);
            if (!value.isNegative() && !value.isZero() && value.compareTo(MAX_RETENTION) <= 0) {
                return Optional.of(value);
            }
        } catch (DateTimeParseException notADuration) {
            // answered below, like every other duration that is not allowed
        }
        throw unreadable(name, "none or a duration such as P365D, above zero and at most P36500D", null);
    }

    /** The refusal of a value, with what it would have to be. */
    public IllegalArgumentException unreadable(String name, String expected, RuntimeException cause) {
        String text = config.getOptionalValue(name, String.class).orElse("");
        return new IllegalArgumentException(name + " is \"" + text + "\", but has to be " + expected, cause);
    }
}
