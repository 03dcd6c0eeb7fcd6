package dev.observatory.message;

import java.util.regex.Pattern;

/** What values have to be. Every failure is an {@link InvalidValueException} that names the component. */
final class Require {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,200}");

    private Require() {}

    /** What others may refer to something by. */
    static void id(String component, String value) {
        if (value == null || !ID.matcher(value).matches()) {
            throw new InvalidValueException(component, "has 1 to 200 characters of [A-Za-z0-9_.:-]");
        }
    }

    static void present(String component, Object value) {
        if (value == null) {
            throw new InvalidValueException(component, "is needed");
        }
    }

    /** Something to read. */
    static void text(String component, String value) {
        if (value == null || value.isBlank()) {
            throw new InvalidValueException(component, "is needed, as a text that is not empty");
        }
    }

    /** Null stands for what is not known. */
    static void within(String component, Integer value, long least, long most) {
        within(component, value == null ? null : Long.valueOf(value), least, most);
    }

    /** Null stands for what is not known. */
    static void within(String component, Long value, long least, long most) {
        if (value != null && (value < least || value > most)) {
            throw outOfRange(component, String.valueOf(least), String.valueOf(most));
        }
    }

    /** Null stands for what is not known; what is no number is out of every range. */
    static void within(String component, Double value, double least, double most) {
        if (value != null && !(value >= least && value <= most)) {
            throw outOfRange(component, plain(least), plain(most));
        }
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15
                ? String.valueOf((long) bound)
                : String.valueOf(bound);
    }

    private static InvalidValueException outOfRange(String component, String least, String most) {
        return new InvalidValueException(component, "is a number from " + least + " to " + most);
    }
}
