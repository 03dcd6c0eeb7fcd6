package dev.observatory.search;

/**
 * A place in the order of the hits.
 *
 * @param key by what the order goes: milliseconds since 1970, or the bits of the score
 * @param line tells hits with equal keys apart
 */
public record SearchPosition(long key, long line) {}
