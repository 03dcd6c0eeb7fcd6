/**
 * Proof from outside: the built WAR on a real server, driven by real WebSocket clients over real sockets and by real
 * files. The only thing added to the WAR are the probes, through which tests call the hub's beans.
 */
package dev.observatory.it;
