package dev.observatory.rest;

import java.util.List;

/**
 * A part of a list.
 *
 * @param total how many there are over all pages
 * @param nextCursor asks for the next page, null behind the last
 */
public record Page<T>(List<T> items, int total, String nextCursor) {

    public Page {
        items = List.copyOf(items);
    }
}
