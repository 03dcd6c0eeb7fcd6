package dev.observatory.hub;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What is to be fetched of the past for one connection: one thing after the other, in the order in which it was asked for,
 * and each when the client has been sent the one before. So no client has more in memory than one of them, however much it
 * asks for and however slowly it reads. Confined to the connection's loop, but for {@link #haveEnded}.
 */
final class Fetches {

    private final Backlog backlog;
    private final int mostWaiting;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean underWay;
    private boolean restateWaits;

    /** What is done when what was fetched has been sent; null when nothing was, or it has been. */
    private Runnable whenSent;

    private volatile boolean ended;

    /**
     * @param backlog where what was fetched goes
     * @param mostWaiting of how many that wait there are too many
     */
    Fetches(Backlog backlog, int mostWaiting) {
        this.backlog = backlog;
        this.mostWaiting = mostWaiting;
    }

    /** Whether the client has been sent all that was asked for. */
    boolean areDone() {
        return !underWay;
    }

    /** Whether no more should be asked for. */
    boolean areTooMany() {
        return waiting.size() >= mostWaiting;
    }

    /** Begins something, when its turn comes. */
    void add(Runnable beginning) {
        if (ended) {
            return;
        }
        if (underWay) {
            waiting.add(beginning);
        } else {
            underWay = true;
            beginning.run();
        }
    }

    /**
     * The same for the state behind all that the client has, which need not wait twice.
     *
     * @return whether it did not wait already
     */
    boolean addRestate(Runnable beginning) {
        if (restateWaits) {
            return false;
        }
        restateWaits = true;
        add(() -> {
            restateWaits = false;
            beginning.run();
        });
        return true;
    }

    /**
     * The one under way has come to its end.
     *
     * @param fetched what it has brought; may be nothing
     * @param then is done when that has been sent
     */
    void bring(List<Outgoing> fetched, Runnable then) {
        backlog.bring(fetched);
        whenSent = then;
        mind();
    }

    /** Goes on if what was fetched has been sent, or is not wanted any more. */
    void mind() {
        if (whenSent != null && backlog.pastHasLeft()) {
            Runnable then = whenSent;
            whenSent = null;
            then.run();
            next();
        }
    }

    private void next() {
        Runnable beginning = waiting.poll();
        underWay = beginning != null;
        if (underWay) {
            beginning.run();
        }
    }

    /** Nothing is begun any more. */
    void end() {
        ended = true;
        waiting.clear();
    }

    /** Whether nobody wants any more what is being fetched. Thread-safe. */
    boolean haveEnded() {
        return ended;
    }
}
