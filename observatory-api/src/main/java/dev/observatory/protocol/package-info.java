/**
 * The contract between server and clients as values: endpoints, sub-protocols, commands, control frames, error and
 * close codes. How they look on the wire is the business of the web module; {@code docs/reference/protocol.md} is the
 * contract in words.
 */
package dev.observatory.protocol;
