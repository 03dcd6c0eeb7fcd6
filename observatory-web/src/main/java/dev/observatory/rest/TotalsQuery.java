package dev.observatory.rest;

import dev.observatory.conversation.UsageQuery;
import dev.observatory.conversation.UsageQuery.Dimension;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a request for totals asks for. */
final class TotalsQuery {

    private TotalsQuery() {}

    /**
     * @param projects to which it is limited; null if it is not
     * @throws InvalidParameterException when one cannot be understood; null is always allowed
     */
    static UsageQuery parse(String by, Set<String> projects, String since, String until) {
        return new UsageQuery(dimensions(by), projects, day("since", since), day("until", until));
    }

    private static Set<Dimension> dimensions(String by) {
        Set<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
        if (by != null && !by.isBlank()) {
            for (String name : by.split(",", -1)) {
                dimensions.add(dimension(name.strip()));
            }
        }
        return dimensions;
    }

    private static Dimension dimension(String name) {
        for (Dimension dimension : Dimension.values()) {
            if (dimension.name().toLowerCase(Locale.ROOT).equals(name)) {
                return dimension;
            }
        }
        throw new InvalidParameterException(
                "by", "by names some of project, branch, model and day, separated by commas");
    }

    private static LocalDate day(String parameter, String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidParameterException(parameter, parameter + " is a day such as 2026-01-31");
        }
    }
}
