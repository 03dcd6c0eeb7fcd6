package dev.observatory.protocol;

import java.util.List;

/** What a client asks for. */
public sealed interface Command extends Reading {

    record Subscribe(String id, List<String> channels) implements Command {
        public Subscribe {
            channels = List.copyOf(channels);
        }
    }

    record Unsubscribe(String id, List<String> channels) implements Command {
        public Unsubscribe {
            channels = List.copyOf(channels);
        }
    }

    /**
     * A sign of life.
     *
     * @param data what is to be echoed, as JSON text exactly as it came; null when there was none
     */
    record Ping(String id, String data) implements Command {}

    /** Asks for what is still kept of a home channel behind a number, {@code limit} messages at most. */
    record History(String id, String channel, long afterSeq, int limit) implements Command {

        /** The most messages one answer holds. */
        public static final int MAX_LIMIT = 1000;
    }

    /** Asks for the connection's own view of itself. */
    record Status(String id) implements Command {}
}
