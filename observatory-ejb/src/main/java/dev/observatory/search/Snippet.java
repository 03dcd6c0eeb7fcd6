package dev.observatory.search;

import java.util.List;

/**
 * A piece of a text around what was found in it.
 *
 * @param ranges what was found: each the first and the one behind the last of its UTF-16 units in {@code text}
 */
public record Snippet(String text, List<List<Integer>> ranges) {

    public Snippet {
        ranges = List.copyOf(ranges);
    }
}
