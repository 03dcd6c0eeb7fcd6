package dev.observatory.message;

import java.time.Instant;

/**
 * Something that an operator should know of. It is told when it is raised, when it is acknowledged, and when it is
 * resolved.
 *
 * @param id the same in both
 * @param source what it is about, such as {@code database}
 * @param detail what was wrong when it was raised
 * @param resolvedAt null while it is open
 * @param acknowledgedAt when an operator said that it is known, null before
 * @param acknowledgedBy the operator's name, null before
 */
public record Alert(
        String id,
        Severity severity,
        String source,
        String title,
        String detail,
        Instant raisedAt,
        Instant resolvedAt,
        Instant acknowledgedAt,
        String acknowledgedBy) {

    /** How much it matters. */
    public enum Severity {
        INFO,
        WARNING,
        ERROR,
        CRITICAL
    }

    /** The same alert when what it tells of is over. */
    public Alert resolved(Instant at) {
        return new Alert(id, severity, source, title, detail, raisedAt, at, acknowledgedAt, acknowledgedBy);
    }

    /** The same alert when an operator knows of it. */
    public Alert acknowledged(Instant at, String by) {
        return new Alert(id, severity, source, title, detail, raisedAt, resolvedAt, at, by);
    }
}
