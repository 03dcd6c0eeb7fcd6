package dev.observatory.rest;

import dev.observatory.message.InvalidValueException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The fields of a JSON object that was sent. Confined to the request's thread.
 *
 * @param place stands before the names of fields in what is said of them
 * @param values texts and numbers, and for anything else a value of another type; nothing for null
 * @param maxText how long a text may be, characters
 */
record Fields(String place, Map<String, Object> values, int maxText) {

    private static final Pattern NEXT_WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    static final Fields NONE = new Fields("", Map.of(), 0);

    Fields {
        values = new HashMap<>(values);
    }

    /** Null where there is none. */
    String text(String name) {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw invalid(name, "is a string");
        }
        if (text.length() > maxText) {
            throw invalid(name, "has at most " + maxText + " characters");
        }
        return text;
    }

    /** Null where there is none. */
    Double number(String name) {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Number number)) {
            throw invalid(name, "is a number");
        }
        return number.doubleValue();
    }

    /** A whole number, however it is written; null where there is none. */
    Long wholeNumber(String name) {
        Double number = number(name);
        if (number == null) {
            return null;
        }
        if (values.get(name) instanceof Long exact) {
            return exact;
        }
        // beyond that not every whole number can be told from the next
        if (number != Math.rint(number) || Math.abs(number) > 1L << 53) {
            throw invalid(name, "is a whole number");
        }
        return number.longValue();
    }

    /** Null where there is none. */
    Integer integer(String name) {
        Long number = wholeNumber(name);
        if (number == null) {
            return null;
        }
        if (number != number.intValue()) {
            throw invalid(name, "is a whole number of at most 32 bits");
        }
        return number.intValue();
    }

    /** A time such as 2026-01-02T03:04:05.678Z; null where there is none. */
    Instant time(String name) {
        String text = text(name);
        return text == null ? null : Parameter.time(place + name, text);
    }

    /** A constant in lower case; null where there is none. */
    <E extends Enum<E>> E constant(String name, Class<E> type) {
        String text = text(name);
        return text == null
                ? null
                : Arrays.stream(type.getEnumConstants())
                        .filter(constant ->
                                constant.name().toLowerCase(Locale.ROOT).equals(text))
                        .findFirst()
                        .orElseThrow(() -> invalid(name, "is one of " + names(type)));
    }

    private static String names(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** The same, where there has to be one. */
    <T> T required(String name, T value) {
        if (value == null) {
            throw invalid(name, "is needed");
        }
        return value;
    }

    /** Makes something of them; what it cannot be made of is told by the name of the field. */
    <T> T make(Supplier<T> making) {
        try {
            return making.get();
        } catch (InvalidValueException e) {
            throw invalid(nameOf(e.component()), e.requirement());
        }
    }

    InvalidParameterException invalid(String name, String what) {
        return new InvalidParameterException(place + name, place + name + " " + what);
    }

    /** The field of a record's component. */
    static String nameOf(String component) {
        return NEXT_WORD.matcher(component).replaceAll("_").toLowerCase(Locale.ROOT);
    }
}
