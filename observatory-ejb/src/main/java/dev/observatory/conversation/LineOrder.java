package dev.observatory.conversation;

/** From which end kept lines are read: in the order they were kept, or the other way round. */
public enum LineOrder {
    OLDEST_FIRST,
    NEWEST_FIRST
}
