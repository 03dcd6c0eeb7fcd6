package dev.observatory.conversation;

import java.time.Instant;

/**
 * From the earliest to the latest of some times. Immutable.
 *
 * @param first null when there was no time
 * @param last null when there was no time
 */
record Span(Instant first, Instant last) {

    static final Span NONE = new Span(null, null);

    /** This span, made to cover a time; {@code null} leaves it as it is. */
    Span with(Instant time) {
        if (time == null) {
            return this;
        }
        boolean earlier = first == null || time.isBefore(first);
        boolean later = last == null || time.isAfter(last);
        return earlier || later ? new Span(earlier ? time : first, later ? time : last) : this;
    }

    /** This span, made to cover another one. */
    Span with(Span other) {
        return with(other.first).with(other.last);
    }
}
