package dev.observatory.protocol;

/** What can be done for a client that asks for what it has missed. */
public enum ResumeOutcome {
    /** Everything that it has missed follows. */
    COMPLETE,
    /** It is too much; the state follows instead. */
    SNAPSHOT,
    /** Some of it is lost, and it is said which; what is not follows, and then the state. */
    GAP
}
