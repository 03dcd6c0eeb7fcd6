package dev.observatory.conversation;

/** How the lines of a turn have come. */
public enum Arrival {

    /** They have just been written: they happened now, and their records are told. */
    LIVE,

    /**
     * They were written while nobody watched, to a file that was read before: they happened when they say, and their
     * records are told, so that whoever has those before has no hole behind them.
     */
    MISSED,

    /** They lay there before anything was read of their file: they happened when they say, and only states are told. */
    BACKLOG
}
