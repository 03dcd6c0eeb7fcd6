package dev.observatory.camera;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** The newest things of a kind, which the store had told once and which are added to since. Thread-safe. */
final class Recent<T> {

    private final int max;
    private final Supplier<List<T>> stored;

    /** The newest first. Null until the store has told. Guarded by this object's lock, as is what it holds. */
    private TreeSet<T> newest;

    private final Comparator<T> order;

    /** @param stored the newest of the store, at most {@code max} */
    Recent(int max, Function<T, Instant> time, Function<T, String> id, Supplier<List<T>> stored) {
        this.max = max;
        this.stored = stored;
        this.order = Comparator.comparing(time).thenComparing(id).reversed();
    }

    /** The newest first. */
    synchronized List<T> all() {
        load();
        return List.copyOf(newest);
    }

    /** Adds what is in the store by now. */
    synchronized void add(List<T> more) {
        load();
        newest.addAll(more);
        while (newest.size() > max) {
            newest.pollLast();
        }
    }

    /** Reads them, so that nothing can fail later. */
    synchronized void load() {
        if (newest == null) {
            TreeSet<T> read = new TreeSet<>(order);
            read.addAll(stored.get());
            newest = read;
        }
    }

    /** Lets go what is older. */
    synchronized void forget(Instant before, Function<T, Instant> time) {
        if (newest != null) {
            newest.removeIf(one -> time.apply(one).isBefore(before));
        }
    }
}
