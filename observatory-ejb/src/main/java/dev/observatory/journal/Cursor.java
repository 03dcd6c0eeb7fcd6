package dev.observatory.journal;

import dev.observatory.message.Priority;

/**
 * The last pos that a client has of each priority, 0 for none: priorities overtake each other, so one number would not
 * say what it has.
 */
public record Cursor(long high, long normal, long low) {

    /** The last pos that it has of channels of that priority. */
    public long of(Priority priority) {
        return switch (priority) {
            case HIGH -> high;
            case NORMAL -> normal;
            case LOW -> low;
        };
    }

    /** Up to here it has everything. */
    long least() {
        return Math.min(high, Math.min(normal, low));
    }
}
