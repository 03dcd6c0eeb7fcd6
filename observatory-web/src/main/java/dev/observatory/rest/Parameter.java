package dev.observatory.rest;

import java.time.Instant;
import java.time.format.DateTimeParseException;

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
