package dev.observatory.rest;

import dev.observatory.rest.ConversationOrder.Place;
import dev.observatory.search.SearchOrder;
import dev.observatory.search.SearchPosition;

/** A position among hits as a cursor; one of another order is none. */
final class SearchCursor {

    private SearchCursor() {}

    static String of(SearchOrder order, SearchPosition position) {
        return Cursor.of(new Place(Long.toString(position.key()), order + " " + position.line()));
    }

    static SearchPosition parse(SearchOrder order, String cursor) {
        Place place = Cursor.parse(cursor);
        String prefix = order + " ";
        try {
            if (place.id().startsWith(prefix)) {
                return new SearchPosition(
                        Long.parseLong(place.key()), Long.parseLong(place.id().substring(prefix.length())));
            }
        } catch (NumberFormatException notANumber) {
            // answered below, like every other text that is no cursor
        }
        throw new InvalidParameterException("cursor", "cursor is none that was given out for this sort");
    }
}
