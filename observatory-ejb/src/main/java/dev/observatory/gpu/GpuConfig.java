package dev.observatory.gpu;

import dev.observatory.config.Settings;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * What can be set about GPUs. Immutable.
 *
 * @param command the program that is asked, a name to be found on the path or a file; empty when none is
 * @param interval how often it is asked
 * @param intervalAbsent how often where there was no GPU the last time
 * @param timeout how long it may take
 * @param maxOutputBytes how much it may write, to each of its two outputs
 * @param inferenceMaxAge for how long a reported speed of inference holds
 */
record GpuConfig(
        Optional<String> command,
        Duration interval,
        Duration intervalAbsent,
        Duration timeout,
        int maxOutputBytes,
        Duration inferenceMaxAge) {

    private static final String PREFIX = "observatory.gpu.";
    private static final String MAX_OUTPUT_BYTES = "max-output-bytes";

    /** @throws IllegalArgumentException when a value is of no use */
    GpuConfig {
        if (command.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException(PREFIX + "command is empty, but has to be a program or none");
        }
        requirePositive("interval", interval);
        requirePositive("interval-absent", intervalAbsent);
        requirePositive("timeout", timeout);
        requirePositive("inference-max-age", inferenceMaxAge);
        if (maxOutputBytes <= 0) {
            throw new IllegalArgumentException(
                    PREFIX + MAX_OUTPUT_BYTES + " is " + maxOutputBytes + ", but has to be above zero");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(PREFIX + name + " is " + value + ", but has to be above zero");
        }
    }

    /**
     * Reads the settings {@code observatory.gpu.*}.
     *
     * @throws IllegalArgumentException when one is not of its type
     */
    static GpuConfig of(Config config) {
        Settings settings = new Settings(config);
        String command = settings.value(PREFIX + "command", String.class).strip();
        return new GpuConfig(
                command.equals("none") ? Optional.empty() : Optional.of(command),
                settings.value(PREFIX + "interval", Duration.class),
                settings.value(PREFIX + "interval-absent", Duration.class),
                settings.value(PREFIX + "timeout", Duration.class),
                settings.value(PREFIX + MAX_OUTPUT_BYTES, Integer.class),
                settings.value(PREFIX + "inference-max-age", Duration.class));
    }
}
