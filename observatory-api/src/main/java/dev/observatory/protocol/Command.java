package dev.observatory.protocol;

import java.util.List;
import java.util.Map;

/** What a client asks for. */
public sealed interface Command extends Reading {

    /**
     * Asks for channels.
     *
     * @param after of home channels among them, the last number that the client has: it wants what came behind it, and
     *     no state
     */
    record Subscribe(String id, List<String> channels, Map<String, Long> after) implements Command {
        public Subscribe {
            channels = List.copyOf(channels);
            after = Map.copyOf(after);
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

    /**
     * Asks for everything that a client has missed since an earlier connection.
     *
     * @param epoch the life of the numbers that follow
     * @param high the last {@code pos} that it has of channels of high priority, 0 for none
     * @param normal the same of normal priority
     * @param low the same of low priority
     */
    record Resume(String id, String epoch, long high, long normal, long low, List<String> channels) implements Command {
        public Resume {
            channels = List.copyOf(channels);
        }
    }

    /** Shows another token of the same user, which takes the place of the one before. */
    record Authenticate(String id, String token) implements Command {

        /** Without the token, which is nobody else's business. */
        @Override
        public String toString() {
            return "Authenticate[id=" + id + "]";
        }
    }

    /** Asks for the connection's own view of itself. */
    record Status(String id) implements Command {}
}
