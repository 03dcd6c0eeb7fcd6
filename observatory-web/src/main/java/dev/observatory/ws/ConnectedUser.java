package dev.observatory.ws;

import dev.observatory.hub.Place;
import java.security.Principal;

/** Who opens a connection, with the place that was found for it. */
record ConnectedUser(String name, Place place) implements Principal {

    private static final String NOBODY = "anonymous";

    @Override
    public String getName() {
        return name;
    }

    /** The name of whoever it is. */
    static String name(Principal user) {
        return user == null ? NOBODY : user.getName();
    }

    /** The place of a session's user; one that is still to be found where the handshake has not found any. */
    static Place place(Principal user) {
        return user instanceof ConnectedUser connected ? connected.place : new Place(name(user));
    }
}
