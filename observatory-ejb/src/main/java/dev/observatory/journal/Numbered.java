package dev.observatory.journal;

/**
 * What is remembered of a message besides its text.
 *
 * @param size of its text, bytes of UTF-8
 */
record Numbered(long pos, long seq, int size, Address address) {}
