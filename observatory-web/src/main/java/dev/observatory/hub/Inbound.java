package dev.observatory.hub;

/**
 * What the network has to say about one connection. Thread-safe; every call notes a sign of life, leaves word with the
 * connection's loop, and returns at once.
 */
public interface Inbound {

    /** How large a message may be, bytes of UTF-8. */
    int maxBytes();

    /** A whole text message has come. */
    void text(String text);

    /** A text message grows beyond what is allowed; the rest of it is being thrown away. */
    void tooLarge();

    /** Far more than is allowed has come in one message. */
    void flooded();

    /** A binary message has come. */
    void binary();

    void pong();

    /** The connection has ended, or something about it has failed: both are its end here. */
    void closed();
}
