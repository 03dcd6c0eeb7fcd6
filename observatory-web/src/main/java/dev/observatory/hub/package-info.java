/**
 * The hub: who is connected, what they want, and how every message reaches them in order.
 *
 * <p>{@link dev.observatory.hub.ConnectionManager} is the one door. Behind it a few delivery loops, one thread each,
 * share the connections out among them; everything about a connection is touched by its own loop's thread alone, so
 * no connection is locked; only the count of a broadcast's deliveries is shared between loops. The hub knows neither files nor databases nor the WebSocket API.
 */
package dev.observatory.hub;
