package dev.observatory.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Whether the database works, told to the log when that changes and not at every try. What could not be written may
 * still be read, on a full disk for example: trouble in writing is over when something is written again. Thread-safe.
 */
final class Condition {

    private static final Logger LOG = System.getLogger(Condition.class.getName());

    private final String database;

    /** What is wrong, null while all is well; written under this object's lock. */
    private volatile String trouble;

    /** Whether it was met in writing. Guarded by this object's lock. */
    private boolean inWriting;

    Condition(String database) {
        this.database = database;
    }

    /** @param written whether that was seen in writing */
    void works(boolean written) {
        if (trouble != null) {
            worksAgain(written);
        }
    }

    private synchronized void worksAgain(boolean written) {
        if (trouble != null && (written || !inWriting)) {
            trouble = null;
            inWriting = false;
            LOG.log(Level.INFO, database + " works again");
        }
    }

    /**
     * @param kind of the trouble: the same as long as nothing has changed, which a driver's message is not
     * @param writing whether it was met in writing
     */
    synchronized void fails(String kind, String message, boolean writing) {
        if (!writing && inWriting) {
            return; // known already, and of what matters more
        }
        inWriting = writing;
        if (!kind.equals(trouble)) {
            trouble = kind;
            LOG.log(Level.WARNING, message);
        }
    }
}
