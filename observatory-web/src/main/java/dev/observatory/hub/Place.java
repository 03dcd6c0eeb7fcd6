package dev.observatory.hub;

/**
 * Room for one connection of a user, held from the handshake until the connection has ended. Its state is guarded by
 * {@link Places}.
 */
public final class Place implements Admission {

    /** What becomes of a place, in this order. */
    enum State {
        /** Nobody counts it: it was not reserved, or for too long. */
        FREE,
        /** For a connection that is not open yet. */
        RESERVED,
        TAKEN,
        /** Its connection is being closed to make room. */
        EVICTED
    }

    private final String user;
    State state = State.FREE;

    /** When the reservation ends, {@link System#nanoTime}. */
    long reservedUntil;

    /** Ends the connection that has it; null before it is taken. */
    Runnable end;

    /** A place that nobody has reserved; it is looked for when it is taken. */
    Place(String user) {
        this.user = user;
    }

    String user() {
        return user;
    }
}
