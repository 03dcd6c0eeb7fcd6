package dev.observatory.hub;

import dev.observatory.hub.Admission.Reason;
import dev.observatory.hub.Admission.Refusal;
import dev.observatory.hub.ConnectionLimits.Policy;
import dev.observatory.hub.Place.State;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How many connections there are and may be, on this node and of each user. A place is reserved at the handshake and
 * taken when the connection is open, so that handshakes at the same time cannot pass a limit together. Times are
 * {@link System#nanoTime} values. Thread-safe.
 */
final class Places {

    /** What comes of a handshake has come by then; servers do not tell of those that die after it. */
    private static final long RESERVATION_NANOS = Duration.ofSeconds(30).toNanos();

    private static final Duration RETRY_RATE = Duration.ofSeconds(1);

    /** Nobody knows when a connection will end; often enough to be soon there, and not a load. */
    private static final Duration RETRY_LIMIT = Duration.ofSeconds(10);

    private final ConnectionLimits limits;

    /** Guarded by this, as all that follows. */
    private final RateLimit handshakes;

    /** All that are not free, by user, the oldest first. */
    private final Map<String, Set<Place>> held = new HashMap<>();

    /** Those that were reserved, the oldest first; some are taken or free again by now. */
    private final Deque<Place> reservations = new ArrayDeque<>();

    private int count;

    Places(ConnectionLimits limits, long now) {
        this.limits = limits;
        this.handshakes = new RateLimit(limits.handshakesPerSecond(), now);
    }

    /** Reserves a place for a handshake. */
    synchronized Admission reserve(String user, long now) {
        if (!handshakes.allows(now)) {
            return new Refusal(Reason.HANDSHAKE_RATE, RETRY_RATE);
        }
        expire(now);
        Place place = new Place(user);
        Optional<Refusal> refusal = hold(place);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        place.state = State.RESERVED;
        place.reservedUntil = now + RESERVATION_NANOS;
        reservations.addLast(place);
        return place;
    }

    /** The handshake has failed. Does nothing when it has not, after all. */
    synchronized void cancel(Place place) {
        if (place.state == State.RESERVED) {
            free(place);
        }
    }

    /**
     * The connection is open. Whose reservation has ended, or who has none, needs luck.
     *
     * @param end ends the connection, later and elsewhere
     * @return why it cannot stay, empty when it can
     */
    synchronized Optional<Refusal> take(Place place, Runnable end) {
        if (place.state == State.FREE) {
            Optional<Refusal> refusal = hold(place);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        place.state = State.TAKEN;
        place.end = end;
        return Optional.empty();
    }

    /**
     * Chooses the connections of a user that have to go, the oldest first, where newer ones push them out.
     *
     * @return what ends each of them
     */
    synchronized List<Runnable> surplus(String user) {
        List<Runnable> ends = new ArrayList<>();
        if (limits.maxPerUser() > 0 && limits.policy() == Policy.EVICT_OLDEST) {
            List<Place> taken = held.getOrDefault(user, Set.of()).stream()
                    .filter(place -> place.state == State.TAKEN)
                    .toList();
            for (Place place : taken.subList(0, Math.max(0, taken.size() - limits.maxPerUser()))) {
                place.state = State.EVICTED;
                ends.add(place.end);
            }
        }
        return ends;
    }

    /** The connection has ended. */
    synchronized void giveBack(Place place) {
        if (place.state != State.FREE) {
            free(place);
        }
    }

    /** How many places are held, for connections and for handshakes. */
    synchronized int count() {
        return count;
    }

    /** Of how many users there are any. */
    synchronized int users() {
        return held.size();
    }

    private Optional<Refusal> hold(Place place) {
        if (count >= limits.max()) {
            return Optional.of(new Refusal(Reason.NODE_LIMIT, RETRY_LIMIT));
        }
        int ofUser = held.getOrDefault(place.user(), Set.of()).size();
        if (limits.maxPerUser() > 0 && limits.policy() == Policy.REJECT && ofUser >= limits.maxPerUser()) {
            return Optional.of(new Refusal(Reason.USER_LIMIT, RETRY_LIMIT));
        }
        held.computeIfAbsent(place.user(), user -> new LinkedHashSet<>()).add(place);
        count++;
        return Optional.empty();
    }

    private void expire(long now) {
        for (Place oldest = reservations.peekFirst();
                oldest != null && (oldest.state != State.RESERVED || now - oldest.reservedUntil >= 0);
                oldest = reservations.peekFirst()) {
            reservations.removeFirst();
            cancel(oldest);
        }
    }

    private void free(Place place) {
        place.state = State.FREE;
        place.end = null;
        Set<Place> ofUser = held.get(place.user());
        ofUser.remove(place);
        if (ofUser.isEmpty()) {
            held.remove(place.user());
        }
        count--;
    }
}
