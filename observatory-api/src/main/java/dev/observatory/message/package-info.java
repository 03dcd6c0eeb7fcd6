/**
 * What Observatory talks about: channels, drafts, numbered messages and the payloads they carry.
 *
 * <p>Sources fire a {@link dev.observatory.message.Draft} ("something happened"), the journal turns it into a
 * {@link dev.observatory.message.Message} ("it has its number and its text"), the hub delivers that. Everything here is
 * an immutable value; nothing here knows files, databases, JSON or WebSockets.
 */
package dev.observatory.message;
