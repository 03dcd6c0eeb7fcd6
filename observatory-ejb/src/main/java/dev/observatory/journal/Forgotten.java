package dev.observatory.journal;

/** The last message to an address of which even the numbers are forgotten. */
record Forgotten(Address address, long pos, long seq) {}
