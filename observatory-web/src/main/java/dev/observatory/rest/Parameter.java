package dev.observatory.rest;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.function.Function;

/** How parameters are read that several requests have. */
final class Parameter {

    private Parameter() {}

    /** @return null where the text is */
    static Instant time(String parameter, String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidParameterException(parameter, parameter + " is a time such as 2026-01-02T03:04:05Z");
        }
    }

    /**
     * A constant in lower case.
     *
     * @return null where the text is
     */
    static <E extends Enum<E>> E constant(String parameter, String text, Class<E> type) {
        return text == null ? null : new Fields("", Map.of(parameter, text), text.length()).constant(parameter, type);
    }

    /**
     * A number from 0 on.
     *
     * @return null where the text is
     */
    static <N> N number(String parameter, String text, double highest, Function<Double, N> type) {
        try {
            double number = text == null ? 0 : Double.parseDouble(text);
            if (number >= 0 && number <= highest) {
                return text == null ? null : type.apply(number);
            }
        } catch (NumberFormatException notANumber) {
            // answered below, like every other number that is not allowed
        }
        throw new InvalidParameterException(parameter, parameter + " is a number from 0 to " + highest);
    }

    /** How many items a page has at most. */
    static int limit(String text, int highest) {
        try {
            int limit = Integer.parseInt(text);
            if (limit > 0 && limit <= highest) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // answered below, like every other number that is not allowed
        }
        throw new InvalidParameterException("limit", "limit is a number from 1 to " + highest);
    }
}
