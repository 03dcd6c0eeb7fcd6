package dev.observatory.hub;

import dev.observatory.auth.token.Identity;
import dev.observatory.protocol.Endpoint;
import dev.observatory.protocol.Subprotocol;

/**
 * Who is at the other end of a connection and how they speak. Immutable.
 *
 * @param identity as it was when the connection was opened
 * @param address where the client is
 */
public record Client(Identity identity, Endpoint endpoint, Subprotocol subprotocol, String address) {

    /** The user's name, which stays the same for the life of a connection. */
    public String user() {
        return identity.name();
    }
}
