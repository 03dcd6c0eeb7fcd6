package dev.observatory.conversation;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Does what needs the store, one task after the other, and holds on to the one for which the store was away. Confined to
 * the watch thread, but for {@link #available} and {@link #trouble}.
 */
final class Keeper {

    private static final Logger LOG = System.getLogger(Keeper.class.getName());

    /** What has to be done before anything else; null when nothing waits. Changed by the watch thread alone. */
    private volatile Runnable waiting;

    /** Why it waits, as the store said it the last time; null when nothing waits. Changed by the watch thread alone. */
    private volatile String trouble;

    /** Whether nothing waits for the store. Any thread may ask. */
    boolean available() {
        return waiting == null;
    }

    /** Why the store is waited for; null when it is not. Any thread may ask. */
    String trouble() {
        return trouble;
    }

    /**
     * Does a task, or keeps it for {@link #retry} if the store is away.
     *
     * @param task does everything or nothing when it throws {@link StoreUnavailableException}
     * @return whether it is done
     */
    boolean attempt(Runnable task) {
        if (waiting != null) {
            throw new IllegalStateException("another task waits for the store");
        }
        try {
            task.run();
            return true;
        } catch (StoreUnavailableException away) {
            LOG.log(Level.WARNING, "Nothing is read until the store is back: {0}", away.getMessage());
            trouble = away.getMessage();
            waiting = task;
            return false;
        }
    }

    /**
     * Tries again what waits.
     *
     * @return whether nothing waits any more
     */
    boolean retry() {
        Runnable task = waiting;
        if (task == null) {
            return true;
        }
        try {
            task.run();
        } catch (StoreUnavailableException stillAway) {
            trouble = stillAway.getMessage();
            return false;
        } catch (RuntimeException failure) {
            done();
            throw failure;
        }
        done();
        LOG.log(Level.INFO, "The store is back");
        return true;
    }

    private void done() {
        waiting = null;
        trouble = null;
    }
}
