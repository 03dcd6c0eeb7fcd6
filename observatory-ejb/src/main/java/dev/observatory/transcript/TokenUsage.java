package dev.observatory.transcript;

/** The tokens that one line claims for its API message, none of them negative. Immutable. */
public record TokenUsage(long input, long output, long cacheCreation, long cacheRead) {}
