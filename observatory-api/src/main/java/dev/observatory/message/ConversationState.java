package dev.observatory.message;

/** What an agent is doing, as far as its transcript shows. */
public enum ConversationState {
    /** The agent is at work: the last record is a prompt, a tool's result, or a tool call a few seconds old. */
    WORKING,
    /** A tool call has been open for longer: it asks for permission or runs long; the file alone cannot tell which. */
    WAITING,
    /** The agent has answered or was interrupted; it is the user's turn. */
    IDLE,
    /** Nothing has changed for a long while. */
    ENDED
}
