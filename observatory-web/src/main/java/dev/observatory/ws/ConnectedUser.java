package dev.observatory.ws;

import dev.observatory.auth.token.Identity;
import dev.observatory.hub.Place;
import java.security.Principal;

/**
 * Who opens a connection, with the place that was found for it.
 *
 * @param address where the client is, which servers tell at the handshake and never after it
 */
record ConnectedUser(Identity identity, Place place, String address) implements Principal {

    @Override
    public String getName() {
        return identity.name();
    }
}
