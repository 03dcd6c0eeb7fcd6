package dev.observatory.hub;

import dev.observatory.protocol.Endpoint;
import dev.observatory.protocol.Subprotocol;

/** Who is at the other end of a connection and how they speak. */
public record Client(String user, Endpoint endpoint, Subprotocol subprotocol) {}
