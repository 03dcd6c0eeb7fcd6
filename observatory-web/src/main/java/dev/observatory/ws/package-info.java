/**
 * The WebSocket endpoints. They hand sessions to the hub and report to it what the network says; the WebSocket API is
 * known here and nowhere else.
 */
package dev.observatory.ws;
