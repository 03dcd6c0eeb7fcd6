package dev.observatory.it.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The frames that have come so far; whoever waits for one is woken when it comes. Thread-safe. */
public final class Inbox {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<Frame> frames = new ArrayList<>();
    private String ending;

    synchronized void add(Frame frame) {
        frames.add(frame);
        notifyAll();
    }

    synchronized void ended(String how) {
        ending = how;
        notifyAll();
    }

    public synchronized List<Frame> all() {
        return List.copyOf(frames);
    }

    public List<Frame> all(Predicate<Frame> wanted) {
        return all().stream().filter(wanted).toList();
    }

    /** The first frame that fits, as soon as it is there. */
    public Frame await(Predicate<Frame> wanted) {
        return awaitCount(1, wanted).get(0);
    }

    /** All frames that fit, as soon as there are so many. */
    public synchronized List<Frame> awaitCount(int count, Predicate<Frame> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<Frame> found = all(wanted);
        while (found.size() < count) {
            int came = found.size();
            pauseForMore(deadline, () -> count + " frames expected, " + came + " came; all: " + frames.size());
            found = all(wanted);
        }
        return found;
    }

    /**
     * Waits until there are so many frames, whatever they are: quicker than looking at each again and again, for tests with
     * very many.
     */
    public synchronized void awaitSize(int count) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (frames.size() < count) {
            pauseForMore(deadline, () -> count + " frames expected, " + frames.size() + " came");
        }
    }

    /** How the connection ended, such as {@code 4003 no_pong}, as soon as it has. */
    public synchronized String awaitEnd() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ending == null) {
            pause(deadline, () -> "the end of the connection was expected");
        }
        return ending;
    }

    public synchronized boolean hasEnded() {
        return ending != null;
    }

    private void pauseForMore(long deadline, Supplier<String> expected) {
        if (ending != null) {
            throw new AssertionError(expected.get() + "; the connection has ended: " + ending + "; last: " + tail());
        }
        pause(deadline, expected);
    }

    private void pause(long deadline, Supplier<String> expected) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new AssertionError(expected.get() + "; last: " + tail());
        }
        try {
            wait(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting: " + expected.get(), e);
        }
    }

    private List<Frame> tail() {
        return frames.subList(Math.max(0, frames.size() - 5), frames.size());
    }
}
