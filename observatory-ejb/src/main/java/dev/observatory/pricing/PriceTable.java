package dev.observatory.pricing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The prices of models by their names. Immutable.
 *
 * <p>A name of the table stands for the model of exactly that name and for its dated versions: {@code claude-opus-4}
 * for {@code claude-opus-4-20250514}, but not for {@code claude-opus-4-6}, whose price is its own. A dated name in the
 * table goes before the one without date.
 */
public final class PriceTable {

    private static final String BUILT_IN = "prices.txt";
    private static final Pattern DATED = Pattern.compile("(.+)-\\d{8}");

    private final Map<String, Price> prices;

    private PriceTable(Map<String, Price> prices) {
        this.prices = Map.copyOf(prices);
    }

    /** Anthropic's list prices, as far as they were known when this version was made. */
    public static PriceTable builtIn() {
        try (InputStream resource = PriceTable.class.getResourceAsStream(BUILT_IN)) {
            return new PriceTable(new PriceLines(BUILT_IN).read(text(resource.readAllBytes())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * This table with the lines of a file, which win over its own.
     *
     * @throws IllegalArgumentException when the file cannot be read, or one of its lines; the message says which
     */
    public PriceTable overriddenBy(Path file) {
        Map<String, Price> both = new HashMap<>(prices);
        both.putAll(new PriceLines(file.toString()).read(textOf(file)));
        return new PriceTable(both);
    }

    private static String textOf(Path file) {
        try {
            return text(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "observatory.pricing.file is " + file + ", which cannot be read: " + e, e);
        }
    }

    /** Bytes that are no UTF-8 do not matter in a comment; anywhere else the line is refused for what became of them. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Looks a model up.
     *
     * @param model as a transcript names it, may be null
     * @return empty where the price is unknown
     */
    public Optional<Price> priceOf(String model) {
        if (model == null) {
            return Optional.empty();
        }
        Price exact = prices.get(model);
        return exact == null ? undated(model).map(prices::get) : Optional.of(exact);
    }

    private static Optional<String> undated(String model) {
        Matcher dated = DATED.matcher(model);
        return dated.matches() ? Optional.of(dated.group(1)) : Optional.empty();
    }
}
