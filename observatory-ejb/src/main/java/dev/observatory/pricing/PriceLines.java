package dev.observatory.pricing;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads prices from text: on each line a model's name and five prices, with white space between, and a comment behind
 * {@code #}. Used once.
 */
final class PriceLines {

    private static final List<String> PRICES =
            List.of("input", "output", "5-minute cache write", "1-hour cache write", "cache read");

    /** No exponents: a price such as {@code 1e999999999} would be a number, but no sum could be made with it. */
    private static final Pattern DOLLARS = Pattern.compile("\\d{1,6}(\\.\\d{1,6})?");

    private static final Pattern NAME = Pattern.compile("[!-~]+");
    private static final Pattern COMMENT = Pattern.compile("#.*");
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private final String source;
    private final Map<String, Price> prices = new HashMap<>();
    private int number;

    /** @param source how the text is called in errors */
    PriceLines(String source) {
        this.source = source;
    }

    /** @throws IllegalArgumentException when a line is broken; the message names source and line */
    Map<String, Price> read(String text) {
        for (Iterator<String> lines = text.lines().iterator(); lines.hasNext(); ) {
            number++;
            String line = COMMENT.matcher(lines.next()).replaceFirst("").strip();
            if (!line.isEmpty()) {
                take(WHITE_SPACE.split(line));
            }
        }
        return prices;
    }

    private void take(String[] columns) {
        if (columns.length != 1 + PRICES.size()) {
            throw refused(
                    "a model and the prices " + PRICES + " are expected, but there are " + columns.length + " columns");
        }
        String model = columns[0];
        if (!NAME.matcher(model).matches()) {
            throw refused("\"" + model + "\" is no name of a model");
        }
        Price price = new Price(
                dollars(columns, 1),
                dollars(columns, 2),
                dollars(columns, 3),
                dollars(columns, 4),
                dollars(columns, 5));
        if (prices.put(model, price) != null) {
            throw refused(model + " has a price already");
        }
    }

    private BigDecimal dollars(String[] columns, int column) {
        if (!DOLLARS.matcher(columns[column]).matches()) {
            throw refused("the price \"" + columns[column] + "\" (" + PRICES.get(column - 1)
                    + ") is not an amount of dollars such as 3.75");
        }
        return new BigDecimal(columns[column]);
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(source + ", line " + number + ": " + why);
    }
}
