package dev.observatory.message;

/** Counted tokens of a language model, each a total and never negative. */
public record Tokens(long input, long output, long cacheCreation, long cacheRead) {

    public static final Tokens NONE = new Tokens(0, 0, 0, 0);

    public Tokens plus(Tokens other) {
        return new Tokens(
                input + other.input,
                output + other.output,
                cacheCreation + other.cacheCreation,
                cacheRead + other.cacheRead);
    }

    public Tokens minus(Tokens other) {
        return new Tokens(
                input - other.input,
                output - other.output,
                cacheCreation - other.cacheCreation,
                cacheRead - other.cacheRead);
    }
}
