package dev.observatory.hub;

import java.util.Optional;

/** Knows to which project a conversation belongs. Thread-safe; never blocks. */
@FunctionalInterface
public interface ProjectLookup {

    /** The id of the conversation's project; empty when there is no such conversation, or it belongs to none. */
    Optional<String> projectOf(String conversationId);
}
