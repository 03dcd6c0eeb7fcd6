package dev.observatory.rest;

import dev.observatory.message.Draft;

/**
 * A message that somebody outside wants to be broadcast.
 *
 * @param idempotencyKey the same when the same request is sent again; null when there is none
 * @param fingerprint the same when everything in it is
 */
record Publication(Draft draft, String idempotencyKey, String fingerprint) {}
