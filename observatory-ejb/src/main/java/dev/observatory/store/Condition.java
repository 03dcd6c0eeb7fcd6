package dev.observatory.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Whether the database works, told to the log when that changes and not at every try. Thread-safe. */
final class Condition {

    private static final Logger LOG = System.getLogger(Condition.class.getName());

    private final String database;

    /** What is wrong, null while all is well; written under this object's lock. */
    private volatile String trouble;

    Condition(String database) {
        this.database = database;
    }

    void works() {
        if (trouble != null) {
            worksAgain();
        }
    }

    private synchronized void worksAgain() {
        if (trouble != null) {
            trouble = null;
            LOG.log(Level.INFO, database + " works again");
        }
    }

    /** @param kind of the trouble: the same as long as nothing has changed, which a driver's message is not */
    synchronized void fails(String kind, String message) {
        if (!kind.equals(trouble)) {
            trouble = kind;
            LOG.log(Level.WARNING, message);
        }
    }
}
