package dev.observatory.search;

/** Which hits come first. */
public enum SearchOrder {
    /** The best, of equals the one kept last. */
    RELEVANCE,
    /** The newest; records without a time come last. */
    NEWEST
}
