package dev.observatory.protocol;

/** What came of reading a client's text: a command, or the reason why there is none. */
public sealed interface Reading permits Command, CommandRefusal {

    /** The client's name for the command as JSON text, null when it gave none that could be read. */
    String id();
}
