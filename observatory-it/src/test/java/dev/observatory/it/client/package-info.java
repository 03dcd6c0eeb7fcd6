/** The clients of the tests: a real WebSocket client, a bare one that can misbehave, and the files of an agent. */
package dev.observatory.it.client;
