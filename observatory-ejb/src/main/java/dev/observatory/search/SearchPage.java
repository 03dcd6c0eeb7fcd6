package dev.observatory.search;

import java.util.List;

/**
 * Some of what was found.
 *
 * @param total how much was found over all pages
 * @param totalIsExact false when there is even more than {@code total}
 * @param next where the next page begins, null behind the last
 * @param behind how many turns of reading are kept, but cannot be found yet
 */
public record SearchPage(List<SearchHit> hits, long total, boolean totalIsExact, SearchPosition next, long behind) {

    public SearchPage {
        hits = List.copyOf(hits);
    }
}
