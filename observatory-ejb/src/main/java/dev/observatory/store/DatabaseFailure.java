package dev.observatory.store;

import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is behind a failure, in words that an operator can act on. Immutable.
 *
 * @param trouble goes on behind the database's name
 */
record DatabaseFailure(Throwable cause, String trouble) {

    private static final String UNKNOWN = "fails";
    private static final String FULL = "has no room left";
    private static final String CLOSED = "was shut in between";

    private static final String NO_SPACE = "No space left on device";
    private static final String POSTGRES_DISK_FULL = "53100";
    private static final String H2_ALREADY_OPEN = "90020";
    private static final String H2_CLOSED = "90098";

    /** The connection is lost or refused; PostgreSQL stops, starts, or recovers. */
    private static final Pattern UNREACHABLE = Pattern.compile("08.*|57P0[123]");

    static DatabaseFailure of(Throwable failure) {
        Throwable cause = causeOf(failure);
        return new DatabaseFailure(cause, troubleOf(failure, cause));
    }

    /** The innermost SQL failure; where there is none, the innermost failure. */
    private static Throwable causeOf(Throwable failure) {
        Throwable innermost = failure;
        Throwable innermostSql = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            innermost = cause;
            innermostSql = cause instanceof SQLException ? cause : innermostSql;
        }
        return innermostSql == null ? innermost : innermostSql;
    }

    /** The same for the same trouble, whatever words the driver finds for it this time. */
    String kind() {
        return !trouble.equals(UNKNOWN)
                ? trouble
                : stateOf(cause).orElse(cause.getClass().getName());
    }

    /** Goes on behind the database's name. */
    String explanation() {
        return trouble + ": " + firstLine(cause);
    }

    /** Whether H2 has shut itself down, as it does when it cannot write; it has to be opened again. */
    boolean needsReopening() {
        return trouble.equals(FULL) || isClosed();
    }

    /** Whether H2 had shut itself down before. */
    boolean isClosed() {
        return trouble.equals(CLOSED)
                || stateOf(cause).filter(H2_CLOSED::equals).isPresent();
    }

    private static String troubleOf(Throwable failure, Throwable cause) {
        if (isOutOfSpace(failure)) {
            return FULL;
        }
        if (isShutInBetween(failure)) {
            return CLOSED;
        }
        String state = stateOf(cause).orElse("");
        if (state.equals(H2_ALREADY_OPEN)) {
            return "is open in another process";
        }
        return UNREACHABLE.matcher(state).matches() ? "cannot be reached" : UNKNOWN;
    }

    private static Optional<String> stateOf(Throwable cause) {
        return cause instanceof SQLException sql ? Optional.ofNullable(sql.getSQLState()) : Optional.empty();
    }

    /** PostgreSQL has a state for it; H2 only passes the operating system's words on. */
    private static boolean isOutOfSpace(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && POSTGRES_DISK_FULL.equals(sql.getSQLState())
                    || cause.getMessage() != null && cause.getMessage().contains(NO_SPACE)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Another call has shut H2 down in the middle of this one, for a reason that the next attempt will meet. Where Java's
     * assertions are on, H2 may find itself in a state then that it takes for impossible.
     */
    private static boolean isShutInBetween(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClosedChannelException
                    || cause instanceof AssertionError assertion && isOfH2(assertion)) {
                return true;
            }
        }
        return false;
    }

    /** Whether H2 has found that, and not whoever works with it. */
    static boolean isOfH2(AssertionError failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith("org.h2.");
    }

    /** Further lines are hints for programmers, and repeat the statement. */
    private static String firstLine(Throwable cause) {
        String message = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        return message.lines().findFirst().orElse(message);
    }
}
