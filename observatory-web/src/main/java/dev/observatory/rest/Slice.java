package dev.observatory.rest;

import dev.observatory.rest.ConversationOrder.Place;
import java.util.List;
import java.util.function.Function;

/**
 * A part of a list of which nobody counts how long it is.
 *
 * @param nextCursor asks for the next part, null behind the last
 */
public record Slice<T>(List<T> items, String nextCursor) {

    public Slice {
        items = List.copyOf(items);
    }

    /**
     * Of what is there, as much as is wanted.
     *
     * @param found one more than is wanted, if there are more
     * @param place of the last one in the order of the list
     */
    static <T> Slice<T> of(List<T> found, int limit, Function<T, Place> place) {
        return found.size() <= limit
                ? new Slice<>(found, null)
                : new Slice<>(found.subList(0, limit), Cursor.of(place.apply(found.get(limit - 1))));
    }
}
